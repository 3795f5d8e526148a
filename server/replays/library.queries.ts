import type { ReplayProgress } from '../contracts/event-card.ts';
import { listPublicEventsByIds, type ListedEvent } from '../events/event.queries.ts';
import { findLiveRight, type Who } from '../participants/enter-live-room.ts';
import { listSessionsOfEvents, type Session } from '../sessions/session.queries.ts';
import { listSpeakersByIds, type Speaker } from '../speakers/speaker.queries.ts';
import {
  listHiddenReplays,
  listOutReplays,
  listReplayIdsBySpokenWord,
  listReplaysOfEvent,
  type Replay,
} from './replay.queries.ts';
import { listPositionsOf } from './replay-position.queries.ts';
import { isOut } from './replay.rules.ts';
import { progressOf } from './library.rules.ts';

/** A replay with what is told about it. */
export interface LibraryEntry {
  readonly replay: Replay;
  readonly event: ListedEvent;
  readonly session: Session;
  readonly speakers: readonly Speaker[];
}

/** What a reader may watch, the newest first; for a member also what their organiser has not shown yet. */
export async function loadLibrary(who: Who): Promise<LibraryEntry[]> {
  const { actor } = who;
  const [out, own] = await Promise.all([
    listOutReplays(),
    actor.kind === 'member' ? listHiddenReplays(actor.organiserId) : [],
  ]);
  const entries = await tellAbout([...own.filter(({ status }) => status === 'ready'), ...out]);
  const guarded = new Map(
    entries.filter(({ replay }) => replay.visibility === 'registered').map(({ event }) => [event._id, event]),
  );
  const isStranger = actor.kind === 'visitor' && who.passes.length === 0;
  const open = new Set<string>();
  if (!isStranger)
    await Promise.all(
      [...guarded.values()].map(async (event) => {
        if (await findLiveRight(event, who)) open.add(event._id);
      }),
    );
  const isMine = ({ organiserId }: Replay) => actor.kind === 'member' && actor.organiserId === organiserId;
  return entries.filter(
    ({ replay, event }) => replay.visibility === 'everyone' || isMine(replay) || open.has(event._id),
  );
}

/** The newest of what everybody may watch. */
export async function loadNewestReplays(limit: number): Promise<LibraryEntry[]> {
  const out = (await listOutReplays()).filter(({ visibility }) => visibility === 'everyone');
  return tellAbout(out.slice(0, limit));
}

/** With event, session and speakers; what belongs to an event that is not public is left out. */
export async function tellAbout(replays: readonly Replay[]): Promise<LibraryEntry[]> {
  const eventIds = [...new Set(replays.map(({ eventId }) => eventId))];
  if (eventIds.length === 0) return [];
  const [events, sessions] = await Promise.all([
    listPublicEventsByIds(eventIds),
    listSessionsOfEvents(eventIds),
  ]);
  const eventsById = new Map(events.map((event) => [event._id, event]));
  const sessionsById = new Map(sessions.map((session) => [session._id, session]));
  const speakers = await loadSpeakers(sessions);
  return replays.flatMap((replay) => {
    const event = eventsById.get(replay.eventId);
    const session = sessionsById.get(replay.sessionId);
    if (!event || !session) return [];
    const own = session.speakerIds.flatMap((id) => speakers.get(id) ?? []);
    return [{ replay, event, session, speakers: own }];
  });
}

/** How far a reader is in an event's replays, by session. */
export async function loadProgress(eventId: string, who: Who): Promise<ReadonlyMap<string, ReplayProgress>> {
  const positions = await listPositionsOf(who);
  const replays = positions.size > 0 ? (await listReplaysOfEvent(eventId)).filter(isOut) : [];
  return new Map(
    replays.flatMap((replay) => {
      const progress = progressOf(replay, positions.get(replay._id));
      return progress ? [[replay.sessionId, progress] as const] : [];
    }),
  );
}

async function loadSpeakers(sessions: readonly Session[]): Promise<ReadonlyMap<string, Speaker>> {
  const byOrganiser = new Map<string, Set<string>>();
  for (const { organiserId, speakerIds } of sessions) {
    const ids = byOrganiser.get(organiserId) ?? new Set();
    for (const id of speakerIds) ids.add(id);
    byOrganiser.set(organiserId, ids);
  }
  const found = await Promise.all(
    [...byOrganiser].map(([organiserId, ids]) => listSpeakersByIds(organiserId, [...ids])),
  );
  return new Map(found.flat().map((speaker) => [speaker._id, speaker]));
}

/** Of each word the replays in which it is said. */
export async function listSpokenIn(
  words: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  return new Map(
    await Promise.all(words.map(async (word) => [word, await listReplayIdsBySpokenWord(word)] as const)),
  );
}
