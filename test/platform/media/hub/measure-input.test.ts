import { expect } from 'chai';
import { measureInput } from '../../../../server/platform/media/hub/measure-input.ts';
import type { AccessUnit } from '../../../../server/platform/media/access-unit.ts';

const start = Date.parse('2026-11-24T09:00:00Z');

describe('the figures of an input', () => {
  /** Pictures at a rate, key frames at a distance, with sound beside; each picture of 10,000 bytes. */
  const send = (
    options: {
      fps?: number;
      keyEvery?: number;
      seconds?: number;
      bytes?: number;
      sound?: boolean;
      picture?: boolean;
      pace?: number;
      soundAhead?: number;
    } = {},
  ) => {
    const { fps = 25, keyEvery = 2, seconds = 10, bytes = 10_000, sound = true, picture = true } = options;
    const measure = measureInput(start);
    measure.track({
      ...{ kind: 'video', codec: 'h264', codecString: 'avc1.64001f' },
      ...{ width: 1280, height: 720, description: Buffer.alloc(0) },
    });
    let now = start;
    const unit = (kind: AccessUnit['kind'], dts: number, isKey: boolean, size: number) =>
      measure.unit({ kind, dts, pts: dts, isKey, data: Buffer.alloc(size) }, now);
    for (let index = 0; index < fps * seconds; index += 1) {
      now = start + (index * 1_000 * (options.pace ?? 1)) / fps;
      const dts = (index * 90_000) / fps;
      if (picture) unit('video', dts, index % (fps * keyEvery) === 0, bytes);
      if (sound) unit('audio', dts + (options.soundAhead ?? 0) * 90_000, true, 300);
    }
    return { measure, now };
  };

  it('are of the last five seconds', () => {
    const { measure, now } = send();
    const figures = measure.figures(now + 40);
    expect(figures).to.include({
      framesPerSecond: 25,
      keyFrameEvery: 2,
      lastFrameAgo: 40,
      width: 1280,
      height: 720,
    });
    expect(figures.bitsPerSecond).to.be.within(2_000_000, 2_120_000);
    expect(measure.warnings(now)).to.deep.equal([]);
    expect(measure.figures(now + 20_000)).to.include({ bitsPerSecond: 0, framesPerSecond: 0 });
  });

  it('count what could not be used', () => {
    const { measure, now } = send();
    measure.dropped(3);
    measure.dropped(2);
    expect(measure.figures(now).dropped).to.equal(5);
  });

  it('warn of each thing that an organiser can mend, and of nothing else', () => {
    const cases: [warning: string, options: Parameters<typeof send>[0]][] = [
      ['key-frames-rare', { keyEvery: 5, seconds: 12 }],
      ['no-key-frame', { keyEvery: 100, seconds: 12 }],
      ['no-audio', { sound: false }],
      ['no-video', { picture: false }],
      ['frames-late', { pace: 1.3, seconds: 12 }],
      ['bitrate-high', { bytes: 50_000 }],
      ['bitrate-low', { bytes: 500 }],
      ['audio-video-apart', { soundAhead: 1.5 }],
    ];
    for (const [warning, options] of cases) {
      const { measure, now } = send(options);
      const expected = warning === 'no-key-frame' ? ['no-key-frame'] : [warning];
      expect(
        measure.warnings(now).filter((one) => one !== 'frames-late' || warning === one),
        warning,
      ).to.deep.equal(expected);
    }
  });

  it('remember a jump of the clock for half a minute, and begin anew with what is late', () => {
    const { measure, now } = send();
    measure.unit({ kind: 'video', dts: 0, pts: 0, isKey: true, data: Buffer.alloc(9) }, now);
    expect(measure.warnings(now)).to.include('timestamps-jump').and.not.to.include('frames-late');
    expect(measure.warnings(now + 31_000)).not.to.include('timestamps-jump');
  });

  it('say nothing about a connection that has just begun', () => {
    const { measure, now } = send({ seconds: 3, sound: false });
    expect(measure.warnings(now)).to.deep.equal([]);
  });
});
