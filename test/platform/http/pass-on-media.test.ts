import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { WebSocket, WebSocketServer } from 'ws';
import { listen } from '../../../server/platform/http/listen.ts';
import { passOnMedia } from '../../../server/platform/http/pass-on-media.ts';
import { createLogger } from '../../../server/platform/logging/create-logger.ts';
import { until } from '../../support/until.ts';

describe('what web passes on to the media process', () => {
  const stops: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  const serve = async (handler: RequestListener) => {
    const server = createServer(handler);
    const listening = await listen(server, { host: '127.0.0.1', port: 0 });
    stops.push(async () => {
      server.closeAllConnections();
      await listening.stop();
    });
    return { server, url: `http://127.0.0.1:${listening.port}` };
  };
  const openWeb = async (mediaUrl: string, trustedProxies = 0) => {
    const server = createServer((_request, response) => response.end('a page'));
    server.on('upgrade', (_request, browser) => browser.end('HTTP/1.1 400 Not for media\r\n\r\n'));
    const media = passOnMedia(server, { url: mediaUrl, trustedProxies, logger: createLogger('silent') });
    const listening = await listen(server, { host: '127.0.0.1', port: 0 });
    stops.push(async () => {
      media.stop();
      server.closeAllConnections();
      await listening.stop();
    });
    return `http://127.0.0.1:${listening.port}`;
  };

  it('is what lies under /live/, as it is, with the address that web believes', async () => {
    const seen: IncomingMessage[] = [];
    const media = await serve((request, response) => {
      seen.push(request);
      response.writeHead(206, { 'Content-Type': 'video/mp4', 'X-Own': 'kept' });
      request.pipe(response);
    });
    const web = await openWeb(media.url);
    const answer = await fetch(`${web}/live/whip?a=%2e`, {
      method: 'POST',
      body: 'offer',
      headers: { Authorization: 'Bearer key', 'X-Forwarded-For': '203.0.113.9' },
    });
    expect([answer.status, answer.headers.get('x-own'), await answer.text()]).to.deep.equal([
      206,
      'kept',
      'offer',
    ]);
    expect(seen[0]?.url).to.equal('/live/whip?a=%2e');
    expect(seen[0]?.headers).to.include({ authorization: 'Bearer key', 'x-forwarded-for': '127.0.0.1' });
    for (const path of ['/', '/events/a/live', '/liveness', '/live'])
      expect(await (await fetch(web + path)).text(), path).to.equal('a page');
    const behindProxy = await openWeb(media.url, 1);
    await fetch(`${behindProxy}/live/x`, { headers: { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' } });
    expect(seen.at(-1)?.headers['x-forwarded-for']).to.equal('203.0.113.9');
  });

  it('comes as it comes, and ends on both sides when either goes away', async () => {
    let ended = 0;
    const media = await serve((request, response) => {
      response.on('close', () => (ended += 1));
      response.write('first');
      if (request.url === '/live/broken') setImmediate(() => response.destroy());
    });
    const web = await openWeb(media.url);
    const stopping = new AbortController();
    const answer = await fetch(`${web}/live/held`, { signal: stopping.signal });
    const { value } = (await answer.body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).to.equal('first');
    stopping.abort();
    await until('the end at media', () => ended === 1);
    const broken = await fetch(`${web}/live/broken`);
    expect(await broken.text().catch(() => 'cut off')).to.equal('cut off');
  });

  it('is said to be away in a sentence when nobody answers', async () => {
    const web = await openWeb('http://127.0.0.1:1');
    const answer = await fetch(`${web}/live/t/x`);
    expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([502, '2']);
    expect(answer.headers.get('content-type')).to.equal('application/problem+json');
    const [refused] = (await once(new WebSocket(`${web.replace('http', 'ws')}/live/recorder`), 'error')) as [
      Error,
    ];
    expect(refused.message).to.include('502');
  });

  it('may be a WebSocket, in both directions and until either end closes it', async () => {
    const media = await serve((_request, response) => response.end());
    const sockets = new WebSocketServer({ server: media.server });
    stops.push(() => sockets.close());
    sockets.on('connection', (line) => {
      line.on('message', (data, isBinary) => line.send(data, { binary: isBinary }));
      line.on('error', () => undefined);
    });
    const web = await openWeb(media.url);
    const line = new WebSocket(`${web.replace('http', 'ws')}/live/recorder?ticket=a`);
    await once(line, 'open');
    const sent = Buffer.alloc(300_000, 7);
    line.send(sent);
    const [back] = (await once(line, 'message')) as [Buffer];
    expect(back.equals(sent)).to.equal(true);
    line.terminate();
    await until('the end at media', () => sockets.clients.size === 0);
    const other = new WebSocket(`${web.replace('http', 'ws')}/socket`);
    const [error] = (await once(other, 'error')) as [Error];
    expect(error.message).to.include('400');
  });

  it('keeps no server from stopping', async () => {
    const media = await serve((_request, response) => response.end());
    const sockets = new WebSocketServer({ server: media.server });
    stops.push(() => sockets.close());
    const server = createServer();
    const passed = passOnMedia(server, { url: media.url, trustedProxies: 0, logger: createLogger('silent') });
    const listening = await listen(server, { host: '127.0.0.1', port: 0 });
    const line = new WebSocket(`ws://127.0.0.1:${listening.port}/live/recorder`);
    line.on('error', () => undefined);
    await once(line, 'open');
    passed.hangUp();
    await Promise.all([listening.stop(), once(line, 'close')]);
    passed.stop();
  });

  it('survives one who says that it upgrades and goes away', async () => {
    const media = await serve((_request, response) => response.end('well'));
    const web = await openWeb(media.url);
    const { port } = new URL(web);
    for (let times = 0; times < 5; times += 1) {
      const rude = connect(Number(port), '127.0.0.1');
      rude.write(
        'GET /live/recorder HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
      rude.on('error', () => undefined);
      await once(rude, 'connect');
      rude.destroy();
    }
    const abandoned = httpRequest(`${web}/live/x`, { method: 'POST', headers: { 'Content-Length': 100 } });
    abandoned.on('error', () => undefined);
    abandoned.write('half');
    abandoned.destroy();
    expect(await (await fetch(`${web}/live/x`)).text()).to.equal('well');
  });
});
