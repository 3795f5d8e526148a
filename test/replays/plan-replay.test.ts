import { expect } from 'chai';
import { addOutboxMessages } from '../../server/platform/outbox/add-outbox-messages.ts';
import { planReplay } from '../../server/replays/plan-replay.ts';
import { makeReplayFile } from '../../server/replays/make-replay-file.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { StreamModel } from '../../server/streams/stream.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { fakeMedia, openRecordedDay, press, replayOf, seedReplay } from './replay-day.ts';

const system = { kind: 'system', name: 'test' } as const;

describe('the replay of a session', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct();
  });
  after(() => product.close());

  async function run(minutes: number) {
    const day = await openRecordedDay(product);
    const [, sessionId] = day.sessionIds;
    await press(product, day, sessionId, 'go-live');
    const from = product.clock.now();
    product.clock.advance({ minutes });
    return { day, sessionId, from };
  }
  const replayWith = async (
    sessionId: string,
    check: (replay: Awaited<ReturnType<typeof replayOf>>) => boolean,
  ) => {
    await until('the replay', async () => check(await replayOf(sessionId)));
    const replay = await replayOf(sessionId);
    if (!replay) throw new Error('No replay');
    return replay;
  };

  it('is there when the session ends, from going live to the end, seen by nobody yet', async () => {
    const { day, sessionId, from } = await run(40);
    await press(product, day, sessionId, 'end');
    const to = product.clock.now();
    const replay = await replayWith(sessionId, (found) => found?.status === 'ready');
    expect(replay).to.deep.include({
      eventId: day.eventId,
      streamId: day.streamId,
      stageId: 'main',
      from,
      to,
    });
    expect(replay).to.include({ publishedAt: null, visibility: 'registered', fileStatus: 'asked' });
  });

  it('follows an end that is undone and the end after it, whatever was asked twice', async () => {
    const { day, sessionId, from } = await run(10);
    await press(product, day, sessionId, 'end');
    const first = await replayWith(sessionId, (found) => found?.status === 'ready');
    await press(product, day, sessionId, 'undo-end');
    const undone = await replayWith(sessionId, (found) => found?.status === 'recording');
    expect(undone.to).to.equal(null);
    product.clock.advance({ minutes: 5 });
    await press(product, day, sessionId, 'end');
    const again = await replayWith(sessionId, (found) => found?.status === 'ready');
    expect(again._id).to.equal(first._id);
    expect(again.fileId).to.not.equal(first.fileId);
    expect(again.to?.getTime()).to.equal(from.getTime() + 15 * 60_000);
    await Promise.all(
      [1, 2].map(() =>
        product.deps.transaction(() => planReplay(system, { ...day, sessionId }, product.deps)),
      ),
    );
    expect(await replayOf(sessionId)).to.deep.include({ revision: again.revision, fileId: again.fileId });
  });

  it('is one, though two organisers end the session at once', async () => {
    const { day, sessionId } = await run(3);
    const ends = await Promise.all([
      press(product, day, sessionId, 'end'),
      press(product, day, sessionId, 'end'),
    ]);
    expect(ends.filter(({ ok }) => ok)).to.have.length(1);
    await replayWith(sessionId, (found) => found?.status === 'ready');
    expect(await ReplayModel.countDocuments({ sessionId })).to.equal(1);
  });

  it('is none where the stage has no stream, and for a session that was skipped or only rehearsed', async () => {
    const { day, sessionId } = await run(1);
    await StreamModel.deleteMany({ eventId: day.eventId });
    await press(product, day, day.sessionIds[0], 'skip');
    await press(product, day, sessionId, 'end');
    const replay = await replayWith(sessionId, (found) => found !== null);
    expect(replay).to.include({ status: 'none', streamId: null, fileStatus: 'none' });
    expect(await replayOf(day.sessionIds[0])).to.equal(null);
  });

  it('asks the media process what there is, and for one file of what is watched', async () => {
    const day = await openRecordedDay(product);
    const { asked, answers, media } = fakeMedia();
    const deps = { ...product.deps, media };
    const fileId = 'file-id-0001';
    const replayId = await seedReplay(product, day, day.sessionIds[1], {
      fileId,
      trimStart: 10_000,
      trimEnd: 5_000,
    });
    const make = () => makeReplayFile({ replayId, fileId }, deps);

    answers.isAway = true;
    expect(await make()).to.include({ ok: false });
    answers.isAway = false;
    answers.recorded = { durationMs: 500_000, bytes: 9, isWhole: false };
    expect(await make()).to.include({ ok: false, message: 'The recording is still being written' });
    product.clock.advance({ minutes: 2 });
    expect(await make()).to.deep.equal({ ok: true });
    const { from, to } = await ReplayModel.findById(replayId).orFail().lean();
    expect(asked.at(-1)).to.deep.equal({
      name: 'make-file',
      message: {
        streamId: day.streamId,
        from: from.getTime() + 10_000,
        to: (to?.getTime() ?? 0) - 5_000,
        fileId,
      },
    });
    expect(await replayOf(day.sessionIds[1])).to.include({ status: 'ready', recordedMs: 500_000 });

    expect(await makeReplayFile({ replayId, fileId: 'another-file' }, deps)).to.deep.equal({ ok: true });
    const before = asked.length;
    answers.recorded = { durationMs: 0, bytes: 0, isWhole: true };
    expect(await make()).to.deep.equal({ ok: true });
    expect(asked).to.have.length(before + 1);
    expect(await replayOf(day.sessionIds[1])).to.include({ status: 'none', fileStatus: 'none' });
  });

  it('notes the file that was made, and passes over one that is no more wanted', async () => {
    const day = await openRecordedDay(product);
    const fileId = 'file-id-0002';
    await seedReplay(product, day, day.sessionIds[0], { fileId, fileStatus: 'asked' });
    const made = (payload: { fileId: string; ok: boolean; bytes: number; reason: string | null }) =>
      addOutboxMessages([
        { message: { kind: 'replay-file:made', payload }, options: { at: product.clock.now() } },
      ]);
    await made({ fileId: 'file-of-before', ok: true, bytes: 1, reason: null });
    await made({ fileId, ok: true, bytes: 5_000_000, reason: null });
    const replay = await replayWith(day.sessionIds[0], (found) => found?.fileStatus === 'ready');
    expect(replay.fileBytes).to.equal(5_000_000);
  });
});
