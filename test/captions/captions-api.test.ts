import { expect } from 'chai';
import type { LivePush } from '../../server/contracts/live-events.ts';
import { CaptionModel } from '../../server/captions/caption.model.ts';
import { issueCaptionerLink } from '../../server/captions/issue-captioner-link.ts';
import { CaptionerLinkModel } from '../../server/captions/captioner-link.model.ts';
import { connect, join, seedLiveDay, seedMember, seedViewer } from '../live/live-day.ts';
import { askPage } from '../replays/replay-day.ts';
import { openProduct, type Product } from '../support/product.ts';

const system = { kind: 'system', name: 'test' } as const;

describe('captions that are written live', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  async function openDay() {
    const day = await seedLiveDay(product.clock.now());
    const scope = { organiserId: day.organiserId, eventId: day.eventId };
    const issued = await issueCaptionerLink(
      system,
      { ...scope, stageId: 'main', name: 'Carol' },
      product.deps,
    );
    if (!issued.ok) throw new Error(issued.reason);
    return { ...day, token: issued.token };
  }
  const post = (token: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${product.url}/api/v1/captions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const textsOf = async (eventId: string) =>
    (await CaptionModel.find({ eventId }).sort({ from: 1 }).lean()).map(({ text }) => text);

  it('reach everybody in the room at the times of the picture, and are kept', async () => {
    const day = await openDay();
    const now = product.clock.now();
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const elsewhere = await openDay();
    const other = await seedViewer(elsewhere.eventId, elsewhere.organiserId, now);
    const [socket, foreign] = [
      await connect(product.url, viewer.cookie),
      await connect(product.url, other.cookie),
    ];
    try {
      await join(socket, day.eventId);
      await join(foreign, elsewhere.eventId);
      let heardElsewhere = 0;
      foreign.on('caption:said', () => (heardElsewhere += 1));
      const said = new Promise<LivePush<'caption:said'>>((resolve) => socket.once('caption:said', resolve));
      const at = now.getTime();
      const answer = await post(day.token, {
        captions: [{ text: '  Nobody rings\nme about boilers. ', from: at - 4_000, to: at - 1_500 }],
      });
      expect(answer.status).to.equal(201);
      const { eventId, captions } = await said;
      expect(eventId).to.equal(day.eventId);
      expect(captions).to.have.length(1);
      expect(captions[0]).to.deep.include({
        stageId: 'main',
        from: new Date(at - 4_000).toISOString(),
        to: new Date(at - 1_500).toISOString(),
        text: 'Nobody rings me about boilers.',
      });
      expect(await textsOf(day.eventId)).to.deep.equal(['Nobody rings me about boilers.']);
      expect(heardElsewhere).to.equal(0);
      expect(await textsOf(elsewhere.eventId)).to.deep.equal([]);
    } finally {
      socket.disconnect();
      foreign.disconnect();
    }
  });

  it('come as lines of plain text too, and once though they are sent twice', async () => {
    const { token, eventId } = await openDay();
    const line = { id: 'line-0001', text: 'They ring because they are cold.' };
    for (const status of [201, 201])
      expect((await post(token, { captions: [line] })).status).to.equal(status);
    expect(await textsOf(eventId)).to.deep.equal([line.text]);
    const plain = await post(token, `One line\n\n${'word '.repeat(100)}\n`, { 'content-type': 'text/plain' });
    expect(plain.status).to.equal(201);
    const { captions } = (await plain.json()) as { captions: { text: string; from: number; to: number }[] };
    expect(captions.map(({ text }) => text.length)).to.deep.equal([8, 299, 199]);
    expect(captions.every(({ from, to }) => to > from && to <= product.clock.now().getTime())).to.equal(true);
  });

  it('are refused in words without the token of a link that stands', async () => {
    const { token, eventId } = await openDay();
    const body = { captions: [{ text: 'x' }] };
    const refused = await post('a'.repeat(43), body);
    expect(refused.status).to.equal(401);
    expect(refused.headers.get('content-type')).to.include('application/problem+json');
    expect((await post('', body)).status).to.equal(401);
    expect((await post(`${token.slice(0, -1)}_`, body)).status).to.equal(401);
    expect((await post(token, { ...body, eventId: 'another' })).status).to.equal(422);
    await CaptionerLinkModel.updateMany({ eventId }, { $set: { revokedAt: product.clock.now() } });
    const ended = await post(token, body);
    expect(ended.status).to.equal(410);
    expect(await ended.text())
      .to.include('ended this link')
      .and.not.include(token);
    expect(await textsOf(eventId)).to.deep.equal([]);
    expect(product.logLines.join('')).to.not.include(token);
  });

  it('are refused when they are no captions', async () => {
    const { token, eventId } = await openDay();
    const at = product.clock.now().getTime();
    const one = (caption: object) => ({ captions: [caption] });
    for (const [body, sentence] of [
      [one({ text: '' }), 'captions/0/text: Enter what was said'],
      [one({ text: 'x'.repeat(301) }), '300 characters'],
      [one({ text: 'x', from: at, to: at }), 'ends before it begins'],
      [one({ text: 'x', from: at + 3_600_000 }), 'not been said yet'],
      [one({ text: 'x', from: at - 90_000_000, to: at - 89_990_000 }), 'twelve hours'],
      [one({ text: 'x', from: at - 100_000, to: at }), 'longer than a minute'],
      [one({ text: 'x', from: 1e300 }), 'captions/0/from'],
      [{ captions: [] }, 'captions'],
      [{ captions: Array.from({ length: 51 }, () => ({ text: 'x' })) }, 'captions'],
      [[], 'body'],
    ] as const) {
      const response = await post(token, body);
      expect(response.status, sentence).to.equal(422);
      expect(await response.text()).to.include(sentence);
    }
    expect((await post(token, '{"captions":')).status).to.equal(400);
    expect((await post(token, '<x/>', { 'content-type': 'text/xml' })).status).to.equal(415);
    expect((await post(token, { captions: [{ text: 'x'.repeat(100_000) }] })).status).to.equal(413);
    expect(await textsOf(eventId)).to.deep.equal([]);
  });

  it('are limited by link', async () => {
    const { token } = await openDay();
    const body = { captions: [{ text: 'again' }] };
    const statuses = new Set<number>();
    for (let sent = 0; sent < 250 && !statuses.has(429); sent += 10)
      for (const { status } of await Promise.all(Array.from({ length: 10 }, () => post(token, body))))
        statuses.add(status);
    expect([...statuses].sort()).to.deep.equal([201, 429]);
    expect((await post((await openDay()).token, body)).status).to.equal(201);
  });

  it('are written in a page without script, by a link that the organiser makes and ends', async () => {
    const day = await seedLiveDay(product.clock.now());
    const { cookie } = await seedMember(day.organiserId, product.clock.now());
    const path = `/console/events/${day.eventId}/replays`;
    const made = await (
      await askPage(product, `${path}/captioners`, cookie, { name: 'Carol', stage: '' })
    ).text();
    const page = /\/captioner\/[\w-]{43}/.exec(made)?.[0] ?? '';
    expect(page).to.not.equal('');
    expect(await (await askPage(product, path, cookie)).text()).to.not.include(page);
    expect(await (await askPage(product, page)).text()).to.include('Captions for Main stage');
    const sent = await askPage(product, page, '', { text: 'One\r\nTwo <b>' });
    expect(sent.status).to.equal(303);
    expect(await textsOf(day.eventId)).to.have.members(['One', 'Two <b>']);
    expect(await (await askPage(product, page)).text()).to.include('Two &lt;b>');
    expect((await askPage(product, page, '', { text: ' ' })).status).to.equal(422);
    expect(
      (await askPage(product, page, '', { text: 'x' }, { origin: 'https://evil.example' })).status,
    ).to.equal(403);

    const stranger = await seedMember((await openDay()).organiserId, product.clock.now());
    const link = await CaptionerLinkModel.findOne({ eventId: day.eventId }).orFail().lean();
    const end = `${path}/captioners/${link._id}/revoke`;
    expect((await askPage(product, end, stranger.cookie, {})).status).to.equal(404);
    expect((await askPage(product, page)).status).to.equal(200);
    expect((await askPage(product, end, cookie, {})).status).to.equal(303);
    expect((await askPage(product, page)).status).to.equal(410);
    expect((await askPage(product, '/captioner/no-such-link-at-all')).status).to.equal(404);
  });
});
