import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { StreamHealth } from '../../server/contracts/stream-health.ts';
import { forkMedia, type ForkedMedia } from '../../server/platform/cluster/fork-media.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { makeWatchPath, replayScope } from '../../server/platform/media/origin/path-token.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import {
  connect,
  join as joinRoom,
  seedLiveDay,
  seedMember,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import { giveKey } from '../streams/stream-day.ts';
import { openBrowser } from '../support/browser.ts';
import { fallOf, findMissing, isWithin, type Stretch } from '../support/find-missing.ts';
import { followPlaylists, type FollowedPlaylists } from '../support/follow-playlists.ts';
import {
  makeKnownPictures,
  publishKnown,
  type KnownEncoder,
  type KnownPictures,
} from '../support/known-pictures.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { readAsPlayer, readRecorded, type RecordedFrame } from '../support/read-recorded.ts';
import { until } from '../support/until.ts';
import { openWatchedPage, type WatchedPage } from '../support/watched-page.ts';

const secretKey = 'ab'.repeat(32);
const small = { size: '640x400', framesPerSecond: 25 };
const large = { size: '960x540', framesPerSecond: 15 };

/** An encoder's turn. `sent`: how many of its pictures had left it when it, or who took them, died. */
interface Turn {
  readonly encoder: KnownEncoder;
  sent: number;
  /** Pictures at its end that may be lost: those of the last two seconds, when the process died that had them in memory. */
  mayLose: number;
  /** Between these pictures the disk took nothing. */
  unrecorded: Stretch | null;
}
const newTurn = (encoder: KnownEncoder): Turn => ({ encoder, sent: 0, mayLose: 0, unrecorded: null });
const segmentSeconds = 2;

describe('one stream through everything that fails, and one viewer of it', function () {
  this.timeout(240_000);
  let [product, media, browser, viewer, lists, organiser]: [
    Product?,
    ForkedMedia?,
    Browser?,
    WatchedPage?,
    FollowedPlaylists?,
    LiveSocket?,
  ] = [];
  let dataDirectory: string;
  let ticking: NodeJS.Timeout;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let stream: { key: string; streamId: string };
  let files: KnownPictures[];
  let publishTo: string;
  let health: StreamHealth | null = null;
  let runId = '';
  let beganAt = 0;
  const turns: Turn[] = [];

  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-failures-'));
    const [mediaPort, rtmpPort] = [await freePort(), await freePort()];
    browser = await openBrowser();
    const opened = await openProduct({
      looks: true,
      now: new Date().toISOString(),
      environment: { MEDIA_URL: `http://127.0.0.1:${mediaPort}` },
    });
    product = opened;
    ticking = setInterval(() => opened.clock.set(new Date().toISOString()), 20);
    files = [];
    for (const [seed, kind] of [
      { ...small, seconds: 20 },
      { ...small, seconds: 20 },
      { ...large, seconds: 40 },
      { ...large, seconds: 60 },
    ].entries())
      files.push(await makeKnownPictures(dataDirectory, seed + 1, kind));
    day = await seedLiveDay(opened.clock.now());
    stream = await giveKey(opened, day.eventId);
    publishTo = `rtmp://127.0.0.1:${rtmpPort}/live/${stream.key}`;
    // The product's own supervisor, which `npm start` has beside web.
    media = forkMedia({
      script: 'dist/media.js',
      logger: createLogger('silent'),
      environment: {
        PATH: process.env.PATH,
        NODE_ENV: 'development',
        PORT: '0',
        MEDIA_PORT: String(mediaPort),
        RTMP_PORT: String(rtmpPort),
        WEB_URL: opened.url,
        SECRET_KEY: secretKey,
        DATA_DIR: dataDirectory,
        LOG_LEVEL: 'silent',
      },
    });
    await until('the media process', isServing);
    const member = await seedMember(day.organiserId, opened.clock.now());
    organiser = await connect(opened.url, member.cookie);
    await joinRoom(organiser, day.eventId, null, 'moderators');
    organiser.on('stream:health', ({ streams }) => (health = streams[0] ?? null));
  });
  after(async () => {
    clearInterval(ticking);
    organiser?.disconnect();
    await lists?.stop();
    for (const { encoder } of turns) await encoder.kill();
    await browser?.close();
    await media?.stop();
    await product?.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const running = () => {
    if (!product || !viewer) throw new Error('Nothing runs');
    return { product, viewer, page: viewer.page };
  };
  const isServing = async () =>
    (await fetch(`${product?.deps.config.media.url}/live/t/x`).catch(() => null))?.status === 404;
  const childrenOf = (pid: number) =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map((child) => ({ pid: Number(child), command: readFileSync(`/proc/${child}/cmdline`, 'utf8') }));
  const mediaPid = () =>
    childrenOf(process.pid).find(({ command }) => command.includes('dist/media.js'))?.pid ??
    expect.fail('no media process');
  const rungsPid = () => childrenOf(mediaPid()).find(({ command }) => command.includes('ffmpeg'))?.pid;
  const watchUrl = (scope: string) =>
    `${running().product.url}${makeWatchPath(running().product.deps.secrets, { scope, viewer: 'ada', expiresAt: Date.now() + 600_000 })}`;
  const stored = () => findStreamOfStage(day.eventId, 'main');
  const turn = () => turns.at(-1) ?? expect.fail('no encoder');

  /** The next encoder, as one that tries again until it is let in. */
  async function publish(file: KnownPictures | undefined) {
    if (!file) throw new Error('No pictures');
    turns.push(newTurn(publishKnown(publishTo, file)));
    await until('the encoder to be let in', () => {
      const { process: child } = turn().encoder;
      if (child.exitCode === null) return turn().encoder.sent() > 0;
      turns.pop();
      turns.push(newTurn(publishKnown(publishTo, file)));
      return false;
    });
  }
  async function killEncoder() {
    turn().sent = turn().encoder.sent();
    await turn().encoder.kill();
  }
  const time = () => running().page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  const width = () => running().page.evaluate(() => document.querySelector('video')?.videoWidth ?? 0);
  /** Further than what a player holds in advance. */
  async function movesAgain(what: string, withinMs: number, seconds = 3.5) {
    const from = await time();
    await until(`the picture to move ${what}`, async () => (await time()) > from + seconds, withinMs);
  }
  async function longestStillSince(at: number) {
    const seconds = await running().viewer.watch(1, 5_000);
    return Math.max(...seconds.filter((second) => second.at > at).map(({ still }) => still));
  }

  it('is watched', async () => {
    const opened = product ?? expect.fail('no product');
    beganAt = Date.now();
    await publish(files[0]);
    runId = (await until('the run', async () => (await stored())?.runId)) ?? '';
    const { cookie } = await seedViewer(day.eventId, day.organiserId, opened.clock.now());
    viewer = await openWatchedPage(browser ?? expect.fail('no browser'), {
      url: opened.url,
      slug: day.slug,
      cookie,
    });
    lists = followPlaylists(`${watchUrl(stream.streamId)}${runId}/`);
    await movesAgain('at first', 20_000);
  });

  it('goes on as the same run when the encoder is killed and back three seconds later', async () => {
    await killEncoder();
    const killedAt = Date.now();
    await running().page.waitForSelector('.player-message:has-text("comes back by itself")');
    await until('three seconds', () => Date.now() > killedAt + 3_000);
    await publish(files[1]);
    await movesAgain('after the encoder was away', 15_000);
    expect((await stored())?.runId).to.equal(runId);
  });

  it('goes on with an encoder that comes back larger and with fewer pictures a second', async () => {
    const before = await width();
    await killEncoder();
    await publish(files[2]);
    await movesAgain('after its size changed', 15_000);
    expect(await width()).to.be.greaterThan(before);
    expect((await stored())?.runId).to.equal(runId);
  });

  it('goes on when what makes the smaller pictures is killed, and has them again', async () => {
    const rung = await until('a smaller picture', () => lists?.rungs.get('480p'), 20_000);
    const pid = await until('its ffmpeg', rungsPid);
    process.kill(pid, 'SIGKILL');
    await movesAgain('while the rungs are away', 10_000);
    const segmentsOf = () => lists?.rungs.get('480p')?.last;
    const latest = (rung.last.segments.at(-1)?.msn ?? 0) + 1;
    await until(
      'smaller pictures again',
      () => (segmentsOf()?.segments.findLast(({ isGap }) => !isGap)?.msn ?? 0) > latest + 1,
      25_000,
    );
  });

  it('goes on as the same run when the media process is killed, which is started again by itself', async () => {
    const before = mediaPid();
    turn().sent = turn().encoder.sent();
    turn().mayLose = segmentSeconds * large.framesPerSecond;
    process.kill(before, 'SIGKILL');
    await until('another media process', isServing);
    expect(mediaPid()).not.to.equal(before);
    await publish(files[3]);
    await movesAgain('after the media process died', 25_000);
    expect((await stored())?.runId).to.equal(runId);
  });

  it('goes on from memory when the disk takes nothing more, tells the organiser, and records again', async () => {
    const isTold = () => Boolean(health?.warnings.includes('recording-stopped')) && !health?.isRecording;
    await until('all to be well', () => health?.isRecording && !isTold());
    const limit = (bytes: string) =>
      execFileSync('prlimit', ['--pid', String(mediaPid()), `--fsize=${bytes}`]);
    const recorded = async (from: number) => {
      const range = { streamId: stream.streamId, from, to: Date.now() };
      const asked = await running().product.deps.media.ask('recorded', range);
      return asked.ok ? asked.answer.durationMs : 0;
    };
    const [fullAt, sentBefore] = [Date.now(), turn().encoder.sent()];
    // Not one file more may be longer than a byte: as on a disk that is full, each write fails.
    limit('1:unlimited');
    await until('the organiser to be told', isTold, 10_000);
    await movesAgain('while nothing is recorded', 15_000);
    expect(await longestStillSince(fullAt)).to.be.below(3_000);
    limit('unlimited:unlimited');
    const roomAt = Date.now();
    await until('it to be recorded again', async () => (await recorded(roomAt)) > 4_000, 30_000, 250);
    await until('the organiser to be told that, too', () => health?.isRecording && !isTold());
    const from = sentBefore - segmentSeconds * large.framesPerSecond;
    turn().unrecorded = { from, to: turn().encoder.sent() };
  });

  it('has all that was sent in its recording, once and in order, and broke no rule on the way', async () => {
    const { product } = running();
    await killEncoder();
    await lists?.stop();
    expect(await product.deps.media.ask('finish', { streamId: stream.streamId })).to.include({ ok: true });
    expect(lists?.complaints).to.deep.equal([]);
    expect([...(lists?.rungs.keys() ?? [])]).to.include.members(['source', '480p', '360p', 'audio']);
    const replay = watchUrl(replayScope(stream.streamId, beganAt, Date.now()));
    const main = await (await fetch(`${replay}main.m3u8`)).text();
    const rungs = [...main.matchAll(/^(\w+)\.m3u8$/gm)].map(([, name = '']) => name);
    for (const rung of rungs.filter((name) => name !== 'source'))
      expect((await readRecorded(`${replay}${rung}.m3u8`)).complaints, rung).to.deep.equal([]);
    const { complaints, video, audio } = await readRecorded(`${replay}source.m3u8`);
    expect(complaints).to.deep.equal([]);
    compare('video', video);
    compare('audio', audio);
    expect(await readAsPlayer(`${replay}source.m3u8`)).to.deep.equal(video.map(({ hash }) => hash));
  });

  /** Holds what was kept against what the encoders sent, one turn after the other. */
  function compare(kind: 'video' | 'audio', frames: readonly RecordedFrame[]) {
    const sentBy = turns.flatMap(({ encoder }, index) =>
      encoder.pictures[kind].map((hash, place) => [hash, { index, place }] as const),
    );
    const places = new Map(sentBy);
    expect(places.size, 'no two are the same').to.equal(sentBy.length);
    const found = frames.map(({ hash }) => places.get(hash) ?? expect.fail(`${kind} that nobody sent`));
    expect(fallOf(found.map(({ index, place }) => index * 1e6 + place)), `${kind} in order`).to.equal(null);
    for (const [index, { encoder, sent, mayLose, unrecorded }] of turns.entries()) {
      // Sound is counted by the pictures that it goes with; of the first frame and the last one cannot say with which.
      const rate = kind === 'video' ? 1 : 48_000 / 1_024 / encoder.pictures.framesPerSecond;
      const about = kind === 'video' ? 0 : 2;
      const stretch = (from: number, to: number) => ({ from: from * rate - about, to: to * rate + about });
      const excused = [
        { from: 0, to: about - 1 },
        stretch(sent - mayLose, sent),
        ...(unrecorded ? [stretch(unrecorded.from, unrecorded.to)] : []),
      ];
      const kept = found.filter((one) => one.index === index).map(({ place }) => place);
      const missing = findMissing(kept, Math.floor(sent * rate));
      expect(
        missing.filter((one) => !isWithin(one, excused)),
        `${kind} of encoder ${index}`,
      ).to.deep.equal([]);
    }
  }
});
