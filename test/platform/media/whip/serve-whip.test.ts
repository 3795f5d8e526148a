import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { PublishAnswer } from '../../../../server/platform/media/publishing.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { readOffer } from '../../../../server/platform/media/whip/read-offer.ts';
import { serveWhip, type WhipServer } from '../../../../server/platform/media/whip/serve-whip.ts';
import { until } from '../../../support/until.ts';
import { collectingAdmit } from './collecting-admit.ts';

const fingerprint = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`;
const transport = [
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  `a=ice-pwd:${'p'.repeat(24)}`,
  fingerprint,
  'a=setup:actpass',
  'a=rtcp-mux',
  'a=sendonly',
];
const session = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1'];
const sound = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', ...transport, 'a=rtpmap:111 opus/48000/2'];
const picture = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 102 103',
  'a=mid:1',
  ...transport,
  'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:102 H264/90000',
  'a=rtcp-fb:102 transport-cc',
  'a=rtcp-fb:102 nack pli',
  'a=fmtp:102 packetization-mode=1;profile-level-id=42e01f',
  'a=rtpmap:103 rtx/90000',
  'a=candidate:1 1 udp 1 names.example.org 9 typ host',
  'a=candidate:2 1 udp 1 192.0.2.7 9 typ host',
];
const sdp = (...lines: string[]) => [...lines, ''].join('\r\n');
const good = sdp(...session, ...sound, ...picture);

describe('an offer to publish by WHIP', () => {
  it('is cut down to H.264 and Opus, without what Chromium stumbles over and without names to look up', () => {
    const offer = readOffer(good);
    if (!offer.ok) throw new Error(offer.message);
    expect(offer.sdp).to.include('m=video 9 UDP/TLS/RTP/SAVPF 102\r\n').and.include('a=rtcp-fb:102 nack pli');
    expect(offer.sdp).to.include('192.0.2.7').and.not.include('example.org');
    expect(offer.sdp).to.not.match(/VP8|rtx|transport-cc|transport-wide|abs-send-time/);
  });

  it('of other formats is refused in a sentence', () => {
    const without = (lines: string[], text: RegExp) => lines.filter((line) => !text.test(line));
    for (const [offer, words] of [
      [sdp(...session, ...sound, ...without(picture, /H264/)), 'must be H.264'],
      [sdp(...session, ...without(sound, /opus/), 'a=rtpmap:111 PCMU/8000'), 'must be Opus'],
      [sdp(...session, ...picture, ...picture), 'Only one picture'],
      [
        sdp(...session, ...sound, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', ...transport),
        'no data channel',
      ],
      [sdp(...session, ...picture.map((line) => line.replace('sendonly', 'recvonly'))), 'sends none'],
    ] as const) {
      const read = readOffer(offer);
      expect(read).to.include({ ok: false, status: 406 });
      expect(!read.ok && read.message).to.include(words);
    }
  });

  it('that is junk is refused', () => {
    for (const junk of [
      '',
      'hello',
      '{"sdp":1}',
      'v=0\r\n',
      sdp(...session),
      sdp(...session, 'm=video'),
      good.replaceAll('a=ice-pwd', 'a=x'),
      `v=0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n'.repeat(5_000)}`,
    ])
      expect(readOffer(junk)).to.include({ ok: false, status: 400 });
  });
});

describe('the address of WHIP', function () {
  this.timeout(20_000);
  let server: Server;
  let whip: WhipServer;
  let collected = collectingAdmit();
  let url = '';

  async function open(refusal?: Extract<PublishAnswer, { ok: false }>) {
    collected = collectingAdmit(refusal);
    whip = await serveWhip({
      admit: collected.admit,
      udpPort: 0,
      publicAddress: '203.0.113.9',
      logger: createLogger('silent'),
      limits: { connectMs: 300 },
    });
    server = createServer((request, response) => {
      if (!whip.handle(request, response)) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live/whip`;
  }
  afterEach(async () => {
    await whip.close();
    server.close();
  });
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/sdp', Authorization: 'Bearer a-key', ...headers },
    });

  it('says what is wrong, as problem details, and asks nobody about a key whose offer is junk', async () => {
    await open();
    for (const [answer, status] of [
      [await post('junk'), 400],
      [await post(sdp(...session, ...sound, ...picture).replace('H264', 'H265')), 406],
      [await post(good, { 'Content-Type': 'text/plain' }), 415],
      [await post(good, { Authorization: 'Basic abc' }), 401],
      [await post('x'.repeat(70_000)), 413],
      [await fetch(url), 405],
      [await fetch(`${url}/nothing`, { method: 'DELETE' }), 404],
    ] as const) {
      expect(answer.status).to.equal(status);
      expect(answer.headers.get('content-type')).to.equal('application/problem+json');
      expect(((await answer.json()) as { detail: string }).detail).to.match(/\.$/);
    }
    expect(collected.collected.publishers).to.deep.equal([]);
    expect((await fetch(`${url}er`)).status).to.equal(418);
    const options = await fetch(url, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('accept-post')]).to.deep.equal([204, 'application/sdp']);
  });

  it('hands on why a key is not let in', async () => {
    for (const [reason, status] of [
      ['refused', 403],
      ['busy', 409],
      ['too-many', 429],
      ['unavailable', 503],
    ] as const) {
      await open({ ok: false, reason, message: 'This key is not good.' });
      const answer = await post(good);
      expect(answer.status).to.equal(status);
      expect(await answer.text())
        .to.include('This key is not good.')
        .and.not.include('a-key');
      await whip.close();
      server.close();
    }
  });

  it('answers with the public address, takes more addresses, and gives up when no connection comes', async () => {
    await open();
    const answer = await post(good);
    expect(answer.status).to.equal(201);
    expect(await answer.text())
      .to.include('203.0.113.9')
      .and.include('a=recvonly');
    const where = new URL(answer.headers.get('location') ?? '', url).href;
    const trickle = (type: string, body: string) =>
      fetch(where, {
        method: 'PATCH',
        body,
        headers: { 'Content-Type': type, Authorization: 'Bearer a-key' },
      });
    const fragment = 'a=mid:0\r\na=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\na=candidate:x\r\n\0\0junk';
    expect((await trickle('application/trickle-ice-sdpfrag', fragment)).status).to.equal(204);
    expect((await trickle('text/plain', fragment)).status).to.equal(415);
    await until('the session to be given up', () => collected.collected.closed.length > 0);
    expect(collected.collected.closed).to.deep.equal(['lost']);
    expect((await trickle('application/trickle-ice-sdpfrag', fragment)).status).to.equal(410);
  });
});
