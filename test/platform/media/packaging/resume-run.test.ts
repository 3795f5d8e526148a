import { expect } from 'chai';
import { readResumedRun } from '../../../../server/platform/media/packaging/resume-run.ts';
import type { IndexLine } from '../../../../server/platform/media/packaging/segment-store.ts';

const segment = (rung: string, msn: number, discontinuity = false): IndexLine => ({
  ...{ kind: 'segment', rung, msn, init: 0, at: 1_000 + msn * 2_000, ticks: 180_000 },
  ...{ bytes: 10, pictures: 50, discontinuity },
});
const init = (rung: string): IndexLine => ({
  ...{ kind: 'init', rung, init: 0, codecs: 'avc1.42c00d', width: 320, height: 180 },
});
const head: IndexLine = { kind: 'run', startedAt: 1_000, targetDuration: 2 };
const resume = (segments: readonly IndexLine[]) =>
  readResumedRun([head, init('source'), init('480p'), ...segments]);
const numbers = (run: ReturnType<typeof resume>, rung: string) =>
  run?.rungs.get(rung)?.segments.map(({ msn, isGap }) => `${msn}${isGap ? ' gap' : ''}`);

describe('a run whose process died', () => {
  it('has the gaps of a rung where they were, and one for what it had not written yet', () => {
    const source = [0, 1, 2, 3, 4, 5].map((msn) => segment('source', msn, msn === 3));
    const run = resume([...source, ...[1, 2, 4].map((msn) => segment('480p', msn))]);
    expect(numbers(run, 'source')).to.deep.equal(['0', '1', '2', '3', '4', '5']);
    expect(numbers(run, '480p')).to.deep.equal(['1', '2', '3 gap', '4', '5 gap']);
    const [, , gap, after] = run?.rungs.get('480p')?.segments ?? [];
    expect(gap).to.include({ at: 7_000, ticks: 180_000, discontinuity: true, discontinuities: 1 });
    expect(after).to.include({ discontinuities: 1 });
    expect(run?.plan).to.deep.equal({ targetDuration: 2, nextMsn: 6, discontinuities: 1 });
  });

  it('shows what came after the disk took nothing for a while, and all rungs from there', () => {
    const lines = [0, 1, 6, 7].flatMap((msn) => [segment('source', msn), segment('480p', msn)]);
    const run = resume(lines);
    expect(numbers(run, 'source')).to.deep.equal(['6', '7']);
    expect(numbers(run, '480p')).to.deep.equal(['6', '7']);
    expect(run?.recordedTicks).to.equal(4 * 180_000);
  });

  it('has nothing to show of a rung that only began', () => {
    const run = resume([segment('source', 0)]);
    expect(numbers(run, '480p')).to.deep.equal([]);
  });
});
