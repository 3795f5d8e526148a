import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect } from 'chai';
import type { AccessUnit } from '../../../../server/platform/media/access-unit.ts';
import { dataOf, listSamples, makeRun, readFixture, type MadeRun } from './made-run.ts';
import { audioTrack, madeUnits, opusTrack, picture, randomOf, sound, videoTrack } from './made-units.ts';

interface Story {
  readonly units: AccessUnit[];
  readonly kinds: string;
}

/** An encoder that does everything wrong that one meets: leaps, holes, odd rates, no key frames for long. */
function playStory(made: MadeRun, seed: number): Story {
  const random = randomOf(seed);
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  const kinds = pick(['both', 'both', 'both', 'video', 'audio']);
  const sent: AccessUnit[] = [];
  let input = Math.floor(random() * 1e9);
  let width = 320;
  const announce = () => {
    if (kinds !== 'audio') made.run.track(videoTrack(width));
    if (kinds !== 'video') made.run.track(audioTrack());
  };
  announce();
  for (let chapter = 0; chapter < 6; chapter += 1) {
    const fps = pick([5, 12, 24, 25, 29.97, 30, 50, 60]);
    const group = pick([0.5, 1, 2, 2, 3, 30]);
    const reorder = pick([0, 0, 1, 2]);
    const seconds = 2 + random() * 6;
    const units: AccessUnit[] = [];
    const end = input + seconds * 90_000;
    let sinceKey = Infinity;
    if (kinds !== 'audio')
      for (let at = input; at < end;) {
        const isKey = sinceKey >= group * fps;
        units.push(picture(Math.round(at), isKey, Math.round(at + (reorder * 90_000) / fps)));
        sinceKey = isKey ? 1 : sinceKey + 1;
        at += ((random() < 0.05 ? 3 : 1) * (0.8 + random() * 0.4) * 90_000) / fps;
      }
    if (kinds !== 'video') for (let at = input; at < end; at += 1_920) units.push(sound(Math.round(at)));
    units.sort((a, b) => a.dts - b.dts);
    made.send(units);
    sent.push(...units);
    input = end;
    switch (pick(['hole', 'leap', 'back', 'size', 'away', 'none'])) {
      case 'hole':
        input += random() * 2 * 90_000;
        break;
      case 'leap':
        input += 90_000 * (4 + random() * 1e5);
        break;
      case 'back':
        input = Math.floor(random() * 1_000);
        break;
      case 'size':
        if (kinds === 'audio') break;
        width += 2;
        made.run.track(videoTrack(width));
        break;
      case 'away':
        made.run.away();
        made.clock.advance({ seconds: random() * 60 });
        made.run.switchInput();
        made.run.back();
        announce();
        input = Math.floor(random() * 1e9);
        break;
    }
  }
  return { units: sent, kinds };
}

describe('packaging whatever encoders send', () => {
  for (let seed = 1; seed <= 16; seed += 1)
    it(`keeps every rule and every picture, in order (${seed})`, async () => {
      const made = await makeRun();
      try {
        const { units } = playStory(made, seed);
        await made.run.end();
        made.check();
        const [source] = made.run.renditions;
        if (!source) throw new Error('no source');
        const samples = await listSamples(source);
        for (const kind of ['video', 'audio'] as const)
          expect(dataOf(samples, kind), kind).to.deep.equal(dataOf(units, kind));
        let before = { video: -1, audio: -1 };
        for (const { kind, dts } of samples) {
          expect(dts).to.be.greaterThan(before[kind]);
          before = { ...before, [kind]: dts };
        }
        expect(made.errors).to.deep.equal([]);
      } finally {
        await made.close();
      }
    });

  it('survives times that are no numbers, tracks that were never told, and a run without any unit', async () => {
    const made = await makeRun();
    const { run } = made;
    run.unit(picture(0, true));
    run.track(videoTrack());
    for (const dts of [Number.NaN, Infinity, -5e15, 0.5, 2 ** 40]) run.unit(picture(dts, true));
    run.unit(sound(10));
    run.unit({ ...picture(2 ** 40 + 3_000, false), data: Buffer.alloc(0) });
    run.away();
    run.away();
    await run.end();
    await run.end();
    run.unit(picture(2 ** 40 + 6_000, true));
    made.check();
    await made.close();
    const empty = await makeRun();
    expect(empty.run.renditions[0]?.describe()).to.equal(null);
    expect(empty.run.renditions[0]?.playlist({ skip: false, dvr: false })).to.equal('');
    await empty.run.end();
    expect(empty.errors).to.deep.equal([]);
    await empty.close();
  });

  it('keeps no more of a segment than an encoder could mean', async () => {
    const made = await makeRun();
    made.run.track(videoTrack());
    const huge = Buffer.alloc(6 * 1024 * 1024);
    for (let index = 0; index < 20; index += 1)
      made.run.unit({ kind: 'video', dts: index, pts: index, isKey: index === 0, data: huge });
    made.run.unit(picture(180_000, true));
    made.run.unit(picture(183_000, false));
    await made.run.end();
    expect((await made.run.renditions[0]?.object('s0.m4s'))?.length).to.be.within(40e6, 60e6);
    expect((await made.run.renditions[0]?.object('s1.m4s'))?.length).to.be.within(10, 1_000);
    await made.close();
  });

  it('writes what a second parser reads: real pictures and sound, each init with its segments', async () => {
    const made = await makeRun();
    const { tracks, units } = await readFixture();
    tracks.forEach((track) => made.run.track(track));
    made.send(units);
    await made.run.end();
    const [source] = made.run.renditions;
    const pieces = [await source?.object('init-0.mp4')];
    for (const { uri } of made.check()?.segments ?? []) pieces.push(await source?.object(uri));
    const file = Buffer.concat(pieces.flatMap((piece) => piece ?? []));
    const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
    const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
    expect([await video?.getCodecParameterString(), await audio?.getCodecParameterString()]).to.deep.equal(
      tracks.map(({ codecString }) => codecString),
    );
    for (const track of [video, audio]) {
      if (!track) throw new Error('a track is missing');
      const kind = track.isVideoTrack() ? 'video' : 'audio';
      const packets = [];
      for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
      // What is heard before the first picture is left out.
      const first = units.findIndex((unit) => unit.kind === 'video' && unit.isKey);
      const sent = units.slice(first).filter((unit) => unit.kind === kind);
      expect(packets.map(({ data }) => Buffer.from(data).toString('hex'))).to.deep.equal(dataOf(sent, kind));
      expect(packets.filter(({ type }) => type === 'key').length).to.equal(
        sent.filter(({ isKey }) => isKey).length,
      );
    }
    await made.close();
  });

  it('describes Opus as it is to be described', async () => {
    const made = await makeRun();
    made.run.track(opusTrack);
    made.send(madeUnits({ seconds: 5, withPictures: false }));
    await made.run.end();
    const init = await made.run.renditions[0]?.object('init-0.mp4');
    expect(init?.includes('dOps')).to.equal(true);
    const input = new Input({ source: new BufferSource(init ?? Buffer.alloc(0)), formats: ALL_FORMATS });
    const track = await input.getPrimaryAudioTrack();
    expect([track?.codec, track?.numberOfChannels]).to.deep.equal(['opus', 2]);
    await made.close();
  });
});
