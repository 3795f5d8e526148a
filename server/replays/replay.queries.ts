import { trusted } from 'mongoose';
import { listCaptions } from '../captions/caption.queries.ts';
import type { Cue } from '../captions/web-vtt.rules.ts';
import { notFound } from '../contracts/problem.ts';
import { ReplayModel, type Replay } from './replay.model.ts';
import { isOut, withoutHoles } from './replay.rules.ts';

export type { Replay };

export async function findReplay(replayId: string): Promise<Replay | null> {
  return ReplayModel.findOne({ _id: replayId }).lean();
}

/** For the console: another organiser's replay is not there at all. */
export async function getReplayOfEvent(
  scope: { readonly organiserId: string; readonly eventId: string },
  replayId: string,
): Promise<Replay> {
  const { organiserId, eventId } = scope;
  const replay = await ReplayModel.findOne({ _id: replayId, organiserId, eventId }).lean();
  if (!replay) throw notFound('that replay');
  return replay;
}

/** All replays of an event, in order of time. */
export async function listReplaysOfEvent(eventId: string): Promise<Replay[]> {
  return ReplayModel.find({ eventId }).sort({ from: 1 }).lean();
}

/** All replays that show something of a stream. */
export async function listReplaysOfStream(streamId: string): Promise<Replay[]> {
  return ReplayModel.find({ streamId }).lean();
}

/** What the media process made of an event's replays, or is making. */
export async function listFilesOfEvent(eventId: string): Promise<{ streamId: string; fileId: string }[]> {
  const found = await ReplayModel.find({ eventId }, { streamId: 1, fileId: 1 }).lean();
  return found.flatMap(({ streamId, fileId }) => (streamId && fileId ? [{ streamId, fileId }] : []));
}

const mostListed = 500;

/** What people other than the organiser may know of, the newest first. */
export async function listOutReplays(limit = mostListed): Promise<Replay[]> {
  const found = await ReplayModel.find({
    publishedAt: trusted({ $ne: null }),
    visibility: trusted({ $ne: 'hidden' }),
  })
    .sort({ from: -1 })
    .limit(limit)
    .lean();
  return found.filter(isOut);
}

/** The same of some sessions only: where to watch each, by session. */
export async function listReplayPaths(eventIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (eventIds.length === 0) return new Map();
  const found = await ReplayModel.find({
    eventId: trusted({ $in: [...eventIds] }),
    publishedAt: trusted({ $ne: null }),
  }).lean();
  return new Map(found.filter(isOut).map(({ _id, sessionId }) => [sessionId, `/replays/${_id}`]));
}

/** What an organiser has and others may not know of. */
export async function listHiddenReplays(organiserId: string): Promise<Replay[]> {
  const found = await ReplayModel.find({ organiserId }).sort({ from: -1 }).limit(mostListed).lean();
  return found.filter((replay) => !isOut(replay));
}

/** In which replays a folded word is said. */
export async function listReplayIdsBySpokenWord(word: string): Promise<ReadonlySet<string>> {
  const found = await ReplayModel.find({ spokenWords: word }, { _id: 1 }).lean();
  return new Set(found.map(({ _id }) => _id));
}

/** All that is said, in ms from the beginning of the session: as an organiser left it, or as it was captioned. */
export async function listCuesOfReplay(
  replay: Pick<Replay, 'cues' | 'eventId' | 'stageId' | 'from' | 'to' | 'holes' | 'trimStart' | 'trimEnd'>,
): Promise<Cue[]> {
  if (replay.cues) return replay.cues.map(({ from, to, text }) => ({ from, to, text }));
  const { eventId, stageId = null, from, to } = replay;
  if (!to) return [];
  const said = await listCaptions({ eventId, stageId, from, to });
  const cues = said.map((caption) => ({
    from: caption.from.getTime() - from.getTime(),
    to: caption.to.getTime() - from.getTime(),
    text: caption.text,
  }));
  return withoutHoles(replay, cues);
}
