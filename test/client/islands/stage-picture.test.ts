import { expect } from 'chai';
import type { StagePicture } from '../../../server/contracts/stage-picture.ts';
import { settled, openPart } from './part-room.ts';

const stream: StagePicture = {
  stageId: 'main',
  revision: 1,
  shows: 'stream',
  slateText: null,
  streamId: 's1',
  source: 'encoder',
  runId: 'r1',
  isReceiving: true,
  external: null,
  startedAt: '2026-11-24T09:36:00.000Z',
};
const watch = { stageId: 'main', path: '/live/t/one/s1/', expiresAt: Date.parse('2026-11-24T09:50:00.000Z') };
const changed = (changes: Partial<StagePicture>) =>
  ({ name: 'picture:changed', picture: { ...stream, revision: 2, ...changes } }) as const;
const youtube = { provider: 'youtube', videoId: 'abcdefghijk' } as const;

describe('the picture of a stage', () => {
  it('is a card until something is shown, then the stream under the path that the page brought', async () => {
    const { part, hear, asked } = openPart({}, { picture: { watch, allows: [] } });
    const { picture } = part;
    expect(picture.kind.value).to.equal('card');
    hear(changed({}));
    expect(picture.kind.value).to.equal('stream');
    expect(picture.player.source.value?.file).to.equal('r1/main.m3u8');
    expect(await picture.player.source.value?.watch?.get()).to.equal('/live/t/one/s1/');
    expect(picture.plainSource.value).to.equal('/live/t/one/s1/r1/main.m3u8');
    expect(asked).to.deep.equal([]);
  });

  it('stays the same picture while its source is away and comes back, and another one with another run', () => {
    const { part, hear } = openPart({ pictures: [stream] });
    const { player } = part.picture;
    const first = player.source.value;
    hear(changed({ isReceiving: false }));
    expect(player.source.value).to.equal(first);
    expect(player.isReceiving.value).to.equal(false);
    hear(changed({ revision: 3, runId: 'r2' }));
    expect(player.source.value?.id).to.equal('s1/r2');
    expect(player.isReceiving.value).to.equal(true);
  });

  it('changes with the stage, and asks for that stage’s path', async () => {
    const workshops = { ...stream, stageId: 'workshops', streamId: 's2', runId: 'r9' };
    const { part, live, asked } = openPart(
      { pictures: [stream, workshops] },
      { picture: { watch, allows: [] } },
    );
    const { player } = part.picture;
    expect(player.source.value?.id).to.equal('s1/r1');
    live.chooseStage('workshops');
    expect(player.source.value?.id).to.equal('s2/r9');
    const path = player.source.value?.watch?.get();
    expect(asked.at(-1)).to.deep.include({ name: 'picture:watch', message: { stageId: 'workshops' } });
    await asked.at(-1)?.answer({ ok: true, path: '/live/t/two/s2/', expiresAt: 0 });
    expect(await path).to.equal('/live/t/two/s2/');
  });

  it('asks for another path before the first runs out, over the live connection', async () => {
    const { part, asked, pass } = openPart({ pictures: [stream] }, { picture: { watch, allows: [] } });
    const path = part.picture.player.source.value?.watch;
    await pass(421_000);
    expect(asked.map(({ name }) => name)).to.deep.equal(['picture:watch']);
    await asked[0]?.answer({ ok: true, path: '/live/t/two/s1/', expiresAt: 0 });
    expect(await path?.get()).to.equal('/live/t/two/s1/');
  });

  it('is refused to who lost the right, and asked again when only the line was down', async () => {
    const { part, live, asked, pass } = openPart({ pictures: [stream] });
    const path = part.picture.player.source.value?.watch;
    live.setConnection({ kind: 'lost' });
    let got: string | null | undefined;
    void path?.get().then((answer) => (got = answer));
    await settled();
    live.setConnection({ kind: 'connected' });
    await pass(3_000);
    expect(got).to.equal(undefined);
    await asked[0]?.answer({ ok: false, code: 'forbidden', message: 'No' });
    expect(got).to.equal(null);
  });

  it('goes on under a path that was asked for over plain HTTP where no live connection is let through', async () => {
    const { part, live, answerAlone } = openPart({ pictures: [stream] });
    live.setConnection({ kind: 'asking' });
    answerAlone({ path: '/live/t/alone/s1/', expiresAt: 0 });
    expect(await part.picture.player.source.value?.watch?.get()).to.equal('/live/t/alone/s1/');
  });

  it('keeps a slate’s stream and a cancelled event’s picture away', () => {
    const { part, hear, live } = openPart({ pictures: [stream] });
    hear(changed({ shows: 'slate', slateText: 'Back at two' }));
    expect(part.picture.kind.value).to.equal('slate');
    expect(part.picture.player.source.value).to.equal(null);
    hear(changed({ revision: 3 }));
    const { event, sessions } = live.snapshot.value;
    hear({ name: 'agenda:changed', agenda: { event: { ...event, status: 'cancelled' }, sessions } });
    expect(part.picture.kind.value).to.equal('card');
  });

  it('shows somebody else’s player only after a yes, and asks again for another one', () => {
    const { part, hear } = openPart({}, { picture: { watch: null, allows: ['youtube'] } });
    const { picture } = part;
    hear(changed({ shows: 'external', external: youtube }));
    expect([picture.kind.value, picture.hasConsented.value]).to.deep.equal(['external', false]);
    picture.consent();
    expect([picture.hasConsented.value, picture.isAllowed.value]).to.deep.equal([true, true]);
    hear(
      changed({ revision: 3, shows: 'external', external: { provider: 'hls', url: 'https://a.example/m' } }),
    );
    expect([picture.hasConsented.value, picture.isAllowed.value]).to.deep.equal([false, false]);
    expect(picture.player.source.value).to.equal(null);
    picture.consent();
    expect(picture.player.source.value?.file).to.equal('https://a.example/m');
  });

  it('gathers captions of its own stage once each, in order of what was said', () => {
    const { part } = openPart({ pictures: [stream] });
    const caption = (id: string, second: string, stageId = 'main') => ({
      id,
      stageId,
      from: `2026-11-24T09:40:${second}.000Z`,
      to: `2026-11-24T09:41:${second}.000Z`,
      text: id,
    });
    const { picture } = part;
    picture.hear({ eventId: 'e', captions: [caption('b', '05'), caption('w', '06', 'workshops')] });
    picture.hear({ eventId: 'e', captions: [caption('a', '01'), caption('b', '05')] });
    picture.hear({ eventId: 'another', captions: [caption('z', '09')] });
    expect(picture.captions.value.map(({ id }) => id)).to.deep.equal(['a', 'b']);
    expect(picture.player.said.value[0]?.from).to.equal(Date.parse('2026-11-24T09:40:01.000Z'));
  });

  it('reports what its player noticed for the stage that is looked at', () => {
    const { part, asked } = openPart({ pictures: [stream] });
    const look = (now: number) =>
      part.picture.player.observe({
        now,
        time: now / 1_000,
        isPaused: false,
        hasEnded: false,
        latency: 2,
        target: 1.5,
        programmeAt: now - 1_900,
      });
    for (let now = 0; now <= 10_000; now += 500) look(now);
    expect(asked.at(-1)).to.deep.include({
      name: 'picture:report',
      message: { stageId: 'main', stalls: 0, latencyMs: 1_900 },
    });
  });
});
