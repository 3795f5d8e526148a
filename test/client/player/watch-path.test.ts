import { expect } from 'chai';
import { createWatchPath, type HeldPath, type Renewed } from '../../../client/player/watch-path.ts';
import { settled } from '../islands/part-room.ts';

const held = (token: string, expiresAt = 600_000): HeldPath => ({ path: `/live/t/${token}/s1/`, expiresAt });

/** A path, a clock, and a server whose answers the test gives. */
function openPath(first: HeldPath | null) {
  let now = 0;
  const timers: { work: () => void; at: number }[] = [];
  const asked: ((answer: Renewed) => Promise<void>)[] = [];
  const path = createWatchPath(
    first,
    () =>
      new Promise((resolve) => {
        asked.push((answer) => {
          resolve(answer);
          return settled();
        });
      }),
    { now: () => now, later: (work, ms) => void timers.push({ work, at: now + ms }) },
  );
  return {
    path,
    asked,
    pass: async (ms: number) => {
      now += ms;
      for (const timer of timers.splice(0))
        if (timer.at <= now) timer.work();
        else timers.push(timer);
      await settled();
    },
  };
}

describe('the path to watch under', () => {
  it('is asked for when the page brought none, again and again while nobody answers', async () => {
    const { path, asked, pass } = openPath(null);
    let got: string | null | undefined;
    void path.get().then((answer) => (got = answer));
    await asked[0]?.('unreachable');
    expect(got).to.equal(undefined);
    await pass(3_000);
    await asked[1]?.(held('a'));
    expect(got).to.equal('/live/t/a/s1/');
  });

  it('is no path for who has no right', async () => {
    const { path, asked } = openPath(null);
    const got = path.get();
    await asked[0]?.('refused');
    expect(await got).to.equal(null);
  });

  it('is renewed at 70 per cent of its time, and again after that', async () => {
    const { path, asked, pass } = openPath(held('a'));
    await pass(419_000);
    expect(asked).to.have.length(0);
    await pass(1_000);
    expect(asked).to.have.length(1);
    await asked[0]?.(held('b', 1_020_000));
    expect(path.rewrite('/live/t/a/s1/r/main.m3u8')).to.equal('/live/t/b/s1/r/main.m3u8');
    expect(path.rewrite('/live/t/a/of-before/r/main.m3u8')).to.equal('/live/t/b/s1/r/main.m3u8');
    await pass(420_000);
    expect(asked).to.have.length(2);
  });

  it('asks at most every fifteen seconds, whatever the clock of this machine says', async () => {
    const { asked, pass } = openPath(held('a', -1_000_000));
    await pass(14_000);
    expect(asked).to.have.length(0);
    await pass(1_000);
    expect(asked).to.have.length(1);
  });

  it('is asked for once when many requests were refused at the same time', async () => {
    const { path, asked, pass } = openPath(held('a'));
    await pass(6_000);
    const refused = Promise.all([path.refused('/live/t/a/s1/x'), path.refused('/live/t/a/s1/y')]);
    expect(asked).to.have.length(1);
    await asked[0]?.(held('b'));
    expect(await refused).to.deep.equal(['renewed', 'renewed']);
    // One more, that was on its way under the old token.
    expect(await path.refused('/live/t/a/s1/z')).to.equal('renewed');
    expect(asked).to.have.length(1);
  });

  it('is given up when a fresh one is refused at once', async () => {
    const { path, asked, pass } = openPath(held('a'));
    await pass(6_000);
    const first = path.refused('/live/t/a/s1/x');
    await asked[0]?.(held('b'));
    await first;
    expect(await path.refused('/live/t/b/s1/x')).to.equal('refused');
  });

  it('leaves the addresses of others alone', () => {
    const { path } = openPath(held('a'));
    expect(path.rewrite('https://cdn.example.org/stage/main.m3u8')).to.equal(
      'https://cdn.example.org/stage/main.m3u8',
    );
  });

  it('asks nothing any more once it is closed', async () => {
    const { path, asked, pass } = openPath(held('a'));
    path.close();
    await pass(900_000);
    expect(asked).to.have.length(0);
  });
});
