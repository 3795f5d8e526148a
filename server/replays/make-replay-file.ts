import { trusted } from 'mongoose';
import type { Deps } from '../deps.ts';
import { ReplayModel } from './replay.model.ts';
import { findReplay } from './replay.queries.ts';
import { watchedRange } from './replay.rules.ts';

/** After that long a piece that is not there was never sent. */
const longestWaitMs = 60_000;

export type MakeReplayFileResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Asks the media process what it has of a replay, and has it make the MP4; `ok: false` to ask again later. */
export async function makeReplayFile(
  { replayId, fileId }: { readonly replayId: string; readonly fileId: string },
  { media, clock }: Pick<Deps, 'media' | 'clock'>,
): Promise<MakeReplayFileResult> {
  const replay = await findReplay(replayId);
  const range = replay && watchedRange(replay);
  // A later cut asked for another file: that one is made.
  if (!range || !replay.streamId || replay.fileId !== fileId) return { ok: true };
  const of = { streamId: replay.streamId, ...range };
  const recorded = await media.ask('recorded', of);
  if (!recorded.ok) return { ok: false, message: `The media process was not asked: ${recorded.message}` };
  const { durationMs, isWhole, holes = [] } = recorded.answer;
  const began = replay.from.getTime();
  if (!isWhole && clock.now().getTime() < range.to + longestWaitMs)
    return { ok: false, message: 'The recording is still being written' };
  const isThere = durationMs > 0;
  await ReplayModel.updateOne(
    { _id: replayId, fileId, status: trusted({ $ne: 'recording' }) },
    {
      $set: {
        recordedMs: durationMs,
        holes: holes.map((hole) => ({ from: hole.from - began, to: hole.to - began })),
        status: isThere ? 'ready' : 'none',
        ...(isThere ? {} : { fileStatus: 'none' }),
      },
    },
  );
  if (!isThere) return { ok: true };
  const asked = await media.ask('make-file', { ...of, fileId });
  return asked.ok ? { ok: true } : { ok: false, message: `The file was not asked for: ${asked.message}` };
}
