import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectByTls } from 'node:tls';
import { expect } from 'chai';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import {
  followCertificate,
  readCertificate,
} from '../../../../server/platform/media/rtmp/follow-certificate.ts';
import { listenRtmp, type RtmpListener } from '../../../../server/platform/media/rtmp/listen-rtmp.ts';
import {
  expiredCertificate,
  foreignCertificate,
  testCertificate,
  testKey,
} from '../../../support/test-certificates.ts';
import { until } from '../../../support/until.ts';
import { runFfmpeg, testPicture } from '../run-ffmpeg.ts';
import { collectInputs, type Collected } from './collecting-admit.ts';

const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-c:a', 'aac'];

describe('Publishing by RTMP', () => {
  let listener: RtmpListener;
  let collected: Collected;
  let lines = '';
  const url = (key: string) => `rtmp://127.0.0.1:${listener.port}/live/${key}`;
  const push = (args: readonly string[], key = 'right') => runFfmpeg([...args, '-f', 'flv', url(key)]);

  const ofKind = (kind: 'video' | 'audio') => collected.units.filter((unit) => unit.kind === kind);

  beforeEach(async () => {
    collected = collectInputs();
    lines = '';
    listener = await listenRtmp({
      port: 0,
      host: '127.0.0.1',
      admit: collected.admit,
      logger: createLogger('debug', { write: (line) => void (lines += line) }),
    });
  });
  afterEach(() => listener.stop());

  it('brings what ffmpeg sends as tracks and units, in order, with its key frames', async () => {
    expect(await push([...testPicture(3), ...encode])).to.include({ code: 0 });
    await until('goodbye', () => collected.closed.length > 0);
    expect(collected.closed).to.deep.equal(['finished']);
    const [video, audio] = collected.tracks;
    expect(collected.tracks).to.have.length(2);
    expect(video).to.include({ kind: 'video', codec: 'h264', width: 320, height: 180 });
    expect(audio).to.include({ kind: 'audio', codecString: 'mp4a.40.2', sampleRate: 44_100, channels: 1 });
    const pictures = ofKind('video');
    const sounds = ofKind('audio');
    expect(pictures).to.have.length(75);
    expect(
      pictures.filter(({ isKey }) => isKey).map(({ dts }) => dts - (pictures[0]?.dts ?? 0)),
    ).to.deep.equal([0, 90_000, 180_000]);
    for (const units of [pictures, sounds])
      for (const [at, unit] of units.entries())
        if (at > 0) expect(unit.dts).to.be.above(units[at - 1]?.dts ?? Infinity);
    expect(collected.dropped).to.equal(0);
  });

  it('gives frames of sound the exact times that FLV rounds away', async () => {
    await push([...testPicture(2), ...encode]);
    await until('goodbye', () => collected.closed.length > 0);
    const sounds = ofKind('audio');
    const exact = (1_024 / 44_100) * 90_000;
    for (const [at, { dts }] of sounds.entries())
      expect(dts - (sounds[0]?.dts ?? 0)).to.be.closeTo(at * exact, 1);
  });

  it('reads times beyond 4.6 hours as well', async () => {
    expect(await push([...testPicture(1), ...encode, '-output_ts_offset', '20000'])).to.include({ code: 0 });
    await until('goodbye', () => collected.closed.length > 0);
    expect(collected.units).to.have.length.above(60);
    const times = ofKind('video').map(({ dts }) => Math.round(dts / 90_000));
    expect([times[0], times.at(-1)]).to.deep.equal([20_000, 20_001]);
  });

  it('keeps the time from decoding to showing of B-frames', async () => {
    const bFrames = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-bf', '2'];
    await push([...testPicture(1), ...bFrames, '-an']);
    await until('goodbye', () => collected.closed.length > 0);
    const shown = collected.units.map(({ pts }) => pts);
    expect(collected.units.some(({ pts, dts }) => pts > dts)).to.equal(true);
    expect(shown).to.not.deep.equal([...shown].sort((a, b) => a - b));
    expect(new Set(shown).size).to.equal(25);
  });

  it('takes sound without a picture, and a picture without sound', async () => {
    await push([...testPicture(1), '-map', '1:a', '-c:a', 'aac']);
    await push([...testPicture(1), '-map', '0:v', ...encode]);
    await until('two goodbyes', () => collected.closed.length === 2);
    expect(collected.tracks.map(({ kind }) => kind)).to.deep.equal(['audio', 'video']);
  });

  it('tells an encoder with a wrong key why, and never writes the key down', async () => {
    const { code, said } = await push([...testPicture(1), ...encode], 'sk-wrong');
    expect(code).to.not.equal(0);
    expect(said).to.contain('This stream key is not known.');
    expect(lines).to.contain('This stream key is not known.').and.not.contain('sk-wrong');
    const busy = await push([...testPicture(1), ...encode], 'taken');
    expect(busy.said).to.contain('Somebody else publishes here.');
  });

  it('tells an encoder whose sound cannot be taken which codec to choose', async () => {
    const tone = ['-re', '-f', 'lavfi', '-i', 'sine=duration=4', '-c:a', 'libmp3lame'];
    const { said, code } = await push(tone);
    expect(code).to.not.equal(0);
    expect(said).to.contain('MP3, which cannot be taken. Choose AAC');
  });

  it('cuts an encoder in the middle, with a sentence', async () => {
    const pushed = push(['-re', ...testPicture(10), ...encode]);
    await until('pictures', () => collected.units.length > 20);
    collected.publishers[0]?.cut('The stream key was changed.');
    const { code, said } = await pushed;
    expect(code).to.not.equal(0);
    expect(said).to.contain('The stream key was changed.');
    expect(collected.closed).to.deep.equal(['lost']);
  });

  it('speaks RTMPS on a port of its own, and survives who speaks no TLS there', async () => {
    const secure = await listenRtmp({
      port: 0,
      host: '127.0.0.1',
      admit: collected.admit,
      logger: createLogger('silent'),
      tls: { key: testKey, cert: testCertificate },
    });
    const plain = await runFfmpeg([
      ...testPicture(1),
      ...encode,
      '-f',
      'flv',
      `rtmp://127.0.0.1:${secure.port}/live/right`,
    ]);
    expect(plain.code).to.not.equal(0);
    const probe = connectByTls({ port: secure.port, host: '127.0.0.1', rejectUnauthorized: false });
    await new Promise((resolve) => probe.once('secureConnect', resolve));
    probe.destroy();
    const { code } = await runFfmpeg([
      ...testPicture(1),
      ...encode,
      '-f',
      'flv',
      `rtmps://127.0.0.1:${secure.port}/live/right`,
    ]);
    expect(code).to.equal(0);
    await until('goodbye', () => collected.closed.length > 0);
    expect(collected.units.length).to.be.above(25);
    await secure.stop();
  });

  it('shows a renewed certificate to who comes, keeps who is there, and the old one where the new one is broken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plenary-certificate-'));
    const files = { keyFile: join(folder, 'key.pem'), certFile: join(folder, 'cert.pem') };
    writeFileSync(files.keyFile, testKey);
    writeFileSync(files.certFile, testCertificate);
    const warnings: string[] = [];
    const logger = Object.assign(createLogger('silent'), {
      warn: (_: object, words: string) => void warnings.push(words),
    });
    const first = await readCertificate(files);
    const secure = await listenRtmp({
      ...{ port: 0, host: '127.0.0.1', admit: collected.admit, logger, tls: first },
    });
    const watch = followCertificate(files, first, { logger, use: (renewed) => secure.renew(renewed) });
    const connect = async () => {
      const line = connectByTls({ port: secure.port, host: '127.0.0.1', rejectUnauthorized: false });
      await once(line, 'secureConnect');
      return { line, number: line.getPeerCertificate().serialNumber };
    };
    const there = await connect();
    expect(there.number).to.equal('01');
    const shown = async () => {
      await watch.look();
      const { line, number } = await connect();
      line.destroy();
      return number;
    };
    expect(await shown()).to.equal('01');
    for (const broken of ['', 'half of -----BEGIN CERT', foreignCertificate]) {
      writeFileSync(files.certFile, broken);
      expect(await shown(), broken.slice(0, 40)).to.equal('01');
      expect(await shown()).to.equal('01');
    }
    expect(warnings).to.have.length(3);
    rmSync(files.certFile);
    expect([await shown(), await shown(), warnings.length]).to.deep.equal(['01', '01', 4]);
    writeFileSync(files.certFile, expiredCertificate);
    expect(await shown()).to.equal('02');
    expect(there.line.destroyed).to.equal(false);
    expect(there.line.writable).to.equal(true);
    watch.stop();
    there.line.destroy();
    await secure.stop();
    rmSync(folder, { recursive: true });
  });
});
