import { expect } from 'chai';
import { createReplay } from '../../../client/islands/replay/replay.store.ts';
import { firstChoices } from '../../../client/player/player-source.ts';
import { printedPlayer } from '../../../client/player/player.store.ts';
import type { ReplayPlayer } from '../../../server/contracts/replay.ts';

const start: ReplayPlayer = {
  replayId: 'r1',
  title: 'Heat pumps in old hospitals',
  lang: null,
  durationSeconds: 600,
  source: { kind: 'hls', path: '/live/t/one/s1~a~b/', expiresAt: 600_000 },
  watchPath: '/api/replays/r1/watch',
  posterPath: null,
  captionsPath: null,
  chapters: [
    { startsAt: 0, title: 'Welcome' },
    { startsAt: 120, title: 'Fourteen sites' },
  ],
  cues: [
    { startsAt: 1, endsAt: 4, text: 'Good morning from Llanelli.' },
    { startsAt: 125, endsAt: 130, text: 'Siân asked about the café roof.' },
    { startsAt: 300, endsAt: 304, text: 'No new radiators.' },
  ],
  startAt: null,
  positionPath: null,
  left: null,
};

function openReplay(changes: Partial<ReplayPlayer> = {}, leftAt: number | null = null) {
  const kept: (number | null)[] = [];
  const replay = createReplay(
    { ...start, ...changes },
    {
      player: printedPlayer,
      choices: firstChoices,
      leftAt,
      keepPlace: (seconds) => void kept.push(seconds),
      pausedOrEnded: () => undefined,
      renew: () => Promise.resolve('unreachable'),
    },
  );
  const moveTo = (time: number) => (replay.player.position.value = { ...replay.player.position.value, time });
  return { replay, kept, moveTo };
}

describe('a replay’s store', () => {
  it('goes on where the reader left off, unless a link says where', () => {
    expect(openReplay({}, 250).replay.resumedAt.value).to.equal(250);
    expect(openReplay({}, 250).replay.player.position.value.time).to.equal(250);
    const linked = openReplay({ startAt: 120 }, 250).replay;
    expect([linked.resumedAt.value, linked.player.position.value.time]).to.deep.equal([null, 120]);
  });

  it('begins anew for who had hardly begun, or had seen it all', () => {
    for (const leftAt of [3, 590, 9_999])
      expect(openReplay({}, leftAt).replay.resumedAt.value).to.equal(null);
  });

  it('keeps the place every few seconds, and forgets it at the end', () => {
    const { replay, kept, moveTo } = openReplay();
    for (const time of [1, 4, 6, 7, 11]) moveTo(time);
    expect(kept).to.deep.equal([6, 11]);
    moveTo(600);
    replay.player.phase.value = 'ended';
    expect(kept.at(-1)).to.equal(null);
  });

  it('knows the chapter and the line that are on', () => {
    const { replay, moveTo } = openReplay();
    moveTo(130);
    expect(replay.chapter.value?.title).to.equal('Fourteen sites');
    expect(replay.line.value?.startsAt).to.equal(125);
    replay.jump(0);
    expect(replay.chapter.value?.title).to.equal('Welcome');
    expect(replay.line.value).to.equal(null);
  });

  it('finds every word that was typed, with or without its marks', () => {
    const { replay } = openReplay();
    const found = (words: string) => {
      replay.search.value = words;
      return replay.lines.value.map(({ startsAt }) => startsAt);
    };
    expect(found('')).to.have.length(3);
    expect(found('SIAN cafe')).to.deep.equal([125]);
    expect(found('radiators morning')).to.deep.equal([]);
    expect(found('  .*(')).to.deep.equal([]);
  });

  it('plays a film that was uploaded as the file it is', () => {
    const { replay } = openReplay({ source: { kind: 'file', path: '/replays/r1/film-f1.mp4' } });
    const source = replay.player.source.value;
    expect([source?.isHls, source?.file, source?.watch]).to.deep.equal([
      false,
      '/replays/r1/film-f1.mp4',
      null,
    ]);
  });
});
