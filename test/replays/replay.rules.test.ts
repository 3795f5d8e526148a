import { expect } from 'chai';
import {
  lengthOfReplay,
  readPosition,
  shownChapters,
  shownCues,
  showPosition,
  withoutHoles,
} from '../../server/replays/replay.rules.ts';

const from = new Date('2026-11-24T10:00:00Z');
const replay = (changes: object = {}) => ({
  from,
  to: new Date(from.getTime() + 600_000),
  trimStart: 0,
  trimEnd: 0,
  holes: [],
  ...changes,
});
const said = (seconds: number, text = 'x') => ({ from: seconds * 1_000, to: seconds * 1_000 + 500, text });
const startsOf = (cues: readonly { from: number }[]) => cues.map((cue) => cue.from / 1_000);

describe('the times of a replay', () => {
  it('leave out what was trimmed away and what was never recorded', () => {
    const holes = [
      { from: 0, to: 20_000 },
      { from: 100_000, to: 190_000 },
    ];
    expect(lengthOfReplay(replay())).to.equal(600_000);
    expect(lengthOfReplay(replay({ holes }))).to.equal(490_000);
    const trimmed = replay({ holes, trimStart: 10_000, trimEnd: 60_000 });
    expect(lengthOfReplay(trimmed)).to.equal(430_000);
    const cues = withoutHoles(trimmed, [said(30), said(99), said(200)]);
    expect(startsOf(shownCues(trimmed, cues))).to.deep.equal([10, 79, 90]);
    const uploaded = replay({ holes, trimStart: 10_000, upload: { durationMs: 95_000 } });
    expect(lengthOfReplay(uploaded)).to.equal(95_000);
  });

  it('begin the chapter that is under way with the picture, and name none that is cut off', () => {
    const chapters = [0, 50_000, 70_000, 590_000].map((at) => ({ at, title: String(at) }));
    expect(shownChapters(replay({ trimStart: 60_000, trimEnd: 20_000 }), chapters)).to.deep.equal([
      { startsAt: 0, title: '50000' },
      { startsAt: 10, title: '70000' },
    ]);
  });

  it('are written and read as people write them', () => {
    expect([0, 65_000, 3_723_000].map(showPosition)).to.deep.equal(['0:00', '1:05', '1:02:03']);
    expect(['90', '1:30', '1:02:03', '90.5'].map(readPosition)).to.deep.equal([90, 90, 3_723, 90]);
    for (const odd of ['', 'x', '-1', '1:2:3:4', '1e9', ['1'], undefined, '9'.repeat(50)])
      expect(readPosition(odd)).to.equal(null);
  });
});
