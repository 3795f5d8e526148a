import { expect } from 'chai';
import type { AccessUnit } from '../../../../server/platform/media/access-unit.ts';
import { createNormalizer } from '../../../../server/platform/media/packaging/normalize-units.ts';
import { audioTrack, madeUnits, picture, sound, videoTrack } from './made-units.ts';

/** A normalizer at a wall clock that the test sets, in seconds. */
function open({ resumeAt = null }: { resumeAt?: number | null } = {}) {
  const out: (AccessUnit | 'discontinuity' | 'track')[] = [];
  const wall = { seconds: 0 };
  const normalizer = createNormalizer({
    out: {
      track: () => void out.push('track'),
      unit: (unit) => void out.push(unit),
      discontinuity: () => void out.push('discontinuity'),
    },
    now: () => wall.seconds * 90_000,
    resumeAt,
  });
  const units = (kind = 'video') =>
    out.flatMap((each) => (typeof each === 'object' && each.kind === kind ? each : []));
  const tracks = () => {
    normalizer.track(videoTrack());
    normalizer.track(audioTrack());
  };
  const send = (all: readonly AccessUnit[]) => all.forEach((unit) => normalizer.unit(unit));
  const count = (what: string) => out.filter((each) => each === what).length;
  return { normalizer, out, wall, units, tracks, send, count };
}
const seconds = (unit: AccessUnit | undefined) => (unit?.dts ?? Number.NaN) / 90_000;

describe('one timeline of whatever inputs a run has', () => {
  it('begins at 0 with the first key frame, whatever the encoder calls it', () => {
    const { tracks, send, units, out } = open();
    tracks();
    send([sound(90_000_000), picture(90_000_000, false), ...madeUnits({ seconds: 1, from: 91_000_000 })]);
    expect(units()[0]).to.include({ dts: 0, isKey: true });
    expect(units('audio')[0]?.dts).to.equal(0);
    expect(out.slice(0, 2)).to.deep.equal(['track', 'track']);
  });

  it('follows on at once when the times leap, and is at the wall clock from the next key frame', () => {
    const { tracks, send, units, out, wall, count } = open();
    tracks();
    send(madeUnits({ seconds: 2.5 }));
    wall.seconds = 12.5;
    const leapt = madeUnits({ seconds: 4, from: 900_000_000 }).map((unit, index) =>
      unit.kind === 'video' && index < 3 ? { ...unit, isKey: false } : unit,
    );
    send(leapt);
    const at = out.indexOf('discontinuity');
    const before = out.slice(0, at).filter((each) => typeof each === 'object' && each.kind === 'video');
    expect(before).to.have.length(75 + 60);
    const first = out.slice(at).find((each) => typeof each === 'object');
    expect(typeof first === 'object' && first.isKey && seconds(first)).to.equal(12.5);
    expect(count('discontinuity')).to.equal(1);
    expect(units()).to.have.length(75 + 120);
    const [video, audio] = [units().at(-1), units('audio').at(-1)];
    expect(seconds(video)).to.be.closeTo(seconds(audio), 0.05);
  });

  for (const [what, to] of [
    ['wraps to 0', 0],
    ['goes back by a second', 2 * 90_000],
  ] as const)
    it(`goes on when the encoder's clock ${what}`, () => {
      const { tracks, send, units, count } = open();
      tracks();
      send(madeUnits({ seconds: 4 }));
      send(madeUnits({ seconds: 4, from: to }));
      expect(count('discontinuity')).to.equal(1);
      const times = units().map(({ dts }) => dts);
      expect(times).to.deep.equal([...new Set(times)].sort((a, b) => a - b));
      expect(seconds(units().at(-1))).to.be.closeTo(8, 0.1);
    });

  it('puts what comes late of the old times where it belongs', () => {
    const { tracks, send, units, count } = open();
    tracks();
    send(madeUnits({ seconds: 4 }));
    send([
      picture(900_000_000, true),
      sound(4 * 90_000 - 1_000),
      sound(4 * 90_000 + 900),
      sound(900_001_000),
    ]);
    expect(count('discontinuity')).to.equal(1);
    expect(units('audio').slice(-3).map(seconds)[2]).to.be.closeTo(4, 0.05);
  });

  it('takes jitter as it is, and never goes back', () => {
    const { tracks, send, units, count } = open();
    tracks();
    send([0, 3_000, 2_500, 2_900, 9_000].map((dts) => picture(dts, dts === 0)));
    expect(units().map(({ dts }) => dts)).to.deep.equal([0, 3_000, 3_001, 3_002, 9_000]);
    expect(count('discontinuity')).to.equal(0);
  });

  it('waits for a key frame of another input, then is at the wall clock', () => {
    const { normalizer, tracks, send, units, wall, out } = open();
    tracks();
    send(madeUnits({ seconds: 2 }));
    wall.seconds = 30;
    normalizer.switchInput();
    normalizer.track(videoTrack(640, 360));
    send([picture(5, false), picture(3_005, true), picture(6_005, false)]);
    expect(units().slice(-2).map(seconds)).to.deep.equal([30, 30 + 1 / 30]);
    expect(out.slice(-4, -2)).to.deep.equal(['discontinuity', 'track']);
  });

  it('never begins before what an earlier part of the run had', () => {
    const { tracks, send, units, out } = open({ resumeAt: 900_000 });
    tracks();
    send([picture(77, true)]);
    expect(out[0]).to.equal('discontinuity');
    expect(units()[0]?.dts).to.equal(900_000);
  });
});
