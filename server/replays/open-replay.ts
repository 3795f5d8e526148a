import type { ReplaySource } from '../contracts/replay.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEvent, type Event } from '../events/event.queries.ts';
import { isShownToPublic } from '../events/event.rules.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import {
  admitParticipant,
  findLiveRight,
  type LiveRight,
  type Who,
} from '../participants/enter-live-room.ts';
import { makeWatchPath, replayScope } from '../platform/media/origin/path-token.ts';
import { newId } from '../platform/new-id.ts';
import { findViewerTag } from '../streams/watch.queries.ts';
import { watchLifeMs } from '../streams/watch.rules.ts';
import { findReplay, type Replay } from './replay.queries.ts';
import { isErased, isOut, isWatchable, watchedRange } from './replay.rules.ts';
import { replayTag } from './replay-tag.rules.ts';

export interface OpenedReplay {
  readonly replay: Replay;
  readonly event: Event;
  /** Works for the organiser: may watch before anybody else does. */
  readonly isOwn: boolean;
  readonly source: ReplaySource;
  /** As whom they watch; null: as anybody. */
  readonly right: LiveRight | null;
}

/**
 * A replay for somebody who may watch it, with a path of their own to its pictures; throws for everybody else. What is
 * not out does not exist for others. Whoever was sent out of an event does not watch it afterwards either.
 */
export async function openReplay(
  who: Who,
  replayId: string,
  deps: Pick<Deps, 'clock' | 'secrets'>,
): Promise<OpenedReplay> {
  const replay = await findReplay(replayId);
  if (!replay) throw notFound('that replay');
  const event = await getEvent(replay.eventId);
  const isOwn = hasPermission(who.actor, 'event:read', event.organiserId);
  if (isErased(replay) && (isOwn || isShownToPublic(event)))
    throw new AppError('gone', 'The organiser has erased the recording of this session.');
  if (!isOwn && !(isOut(replay) && isShownToPublic(event))) throw notFound('that replay');
  const { tag, right } = await admit(who, replay, event, deps);
  if (!isWatchable(replay)) throw new AppError('gone', 'There is nothing to watch of this session.');
  return { replay, event, isOwn, right, source: sourceOf(replay, tag, deps) };
}

async function admit(who: Who, replay: Replay, event: Event, deps: Pick<Deps, 'clock' | 'secrets'>) {
  const isUnknown = who.actor.kind === 'visitor' && who.passes.length === 0;
  const right = isUnknown ? null : await findLiveRight(event, who);
  if (right) {
    const { _id } = await admitParticipant(event, right, deps);
    return { right, tag: await findViewerTag({ eventId: event._id, participantId: _id }, deps) };
  }
  if (replay.visibility === 'everyone') return { right: null, tag: `anyone-${newId().slice(0, 18)}` };
  if (isUnknown) throw new AppError('not-signed-in', 'Sign in with the address you registered with.');
  throw new AppError('forbidden', 'This replay is for people who registered for the event.');
}

function sourceOf(
  replay: Replay,
  viewer: string,
  { clock, secrets }: Pick<Deps, 'clock' | 'secrets'>,
): ReplaySource {
  const range = watchedRange(replay);
  if (replay.upload) return { kind: 'file', path: `/replays/${replay._id}/film-${replay.upload.id}.mp4` };
  if (!replay.streamId || !range) throw new AppError('gone', 'There is nothing to watch of this session.');
  const expiresAt = clock.now().getTime() + watchLifeMs;
  const fileId = replay.fileStatus === 'ready' ? (replay.fileId ?? null) : null;
  const scope = replayScope(replay.streamId, range.from, range.to, {
    tag: replayTag(replay, secrets),
    fileId,
  });
  return { kind: 'hls', path: makeWatchPath(secrets, { scope, viewer, expiresAt }), expiresAt };
}
