import type { SessionMove } from '../../server/contracts/live-messages.ts';
import type { ControlName } from '../../server/contracts/media-control.ts';
import type { Deps } from '../../server/deps.ts';
import { newId } from '../../server/platform/new-id.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { moveSession } from '../../server/sessions/move-session.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { StreamModel } from '../../server/streams/stream.model.ts';
import { seedLiveDay, seedMember } from '../live/live-day.ts';
import type { Product } from '../support/product.ts';

const system = { kind: 'system', name: 'test' } as const;

/** A media process that has recorded all it is asked for, and notes what it is asked. */
export function fakeMedia() {
  const asked: { name: ControlName; message: Record<string, unknown> }[] = [];
  const answers: { recorded: object; isAway: boolean } = {
    recorded: { durationMs: 60_000, bytes: 1, isWhole: true },
    isAway: false,
  };
  const media = {
    ask: (name: ControlName, message: object) => {
      if (answers.isAway) return Promise.resolve({ ok: false, reason: 'unreachable', message: 'away' });
      asked.push({ name, message: message as Record<string, unknown> });
      return Promise.resolve({ ok: true, answer: name === 'recorded' ? answers.recorded : {} });
    },
  } as unknown as Deps['media'];
  return { asked, answers, media };
}

/** A day whose main stage has a stream, and a member who works on it. */
export async function openRecordedDay(product: Product) {
  const now = product.clock.now();
  const day = await seedLiveDay(now);
  const streamId = newId();
  await StreamModel.create([
    {
      _id: streamId,
      organiserId: day.organiserId,
      eventId: day.eventId,
      stageId: 'main',
      shows: 'encoder',
      createdAt: now,
    },
  ]);
  const member = await seedMember(day.organiserId, now);
  return { ...day, streamId, cookie: member.cookie, path: `/console/events/${day.eventId}/replays` };
}

/** One press in the run of show. */
export async function press(
  product: Product,
  day: { eventId: string },
  sessionId: string,
  move: SessionMove,
) {
  const { revision } = await SessionModel.findById(sessionId).orFail().lean();
  return moveSession(system, { eventId: day.eventId, sessionId, move, revision }, product.deps);
}

export const replayOf = (sessionId: string) => ReplayModel.findOne({ sessionId }).lean();

/** A replay as it is after a session of ten minutes, without waiting for any worker. */
export async function seedReplay(
  product: Product,
  day: { eventId: string; organiserId: string; streamId?: string },
  sessionId: string,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const _id = newId();
  const now = product.clock.now();
  await ReplayModel.create([
    {
      _id,
      organiserId: day.organiserId,
      eventId: day.eventId,
      sessionId,
      sessionRevision: 2,
      stageId: 'main',
      streamId: day.streamId ?? newId(),
      from: new Date(now.getTime() - 600_000),
      to: now,
      status: 'ready',
      visibility: 'registered',
      publishedAt: now,
      createdAt: now,
      ...changes,
    },
  ]);
  return _id;
}

/** GET or POST as a browser of this site. */
export const askPage = (
  product: Product,
  path: string,
  cookie = '',
  body?: BodyInit | Record<string, string>,
  headers: Record<string, string> = {},
) =>
  fetch(product.url + path, {
    ...(body === undefined
      ? {}
      : { method: 'POST', body: body instanceof FormData || typeof body === 'string' ? body : asForm(body) }),
    headers: { cookie, origin: product.url, accept: 'text/html', ...headers },
    redirect: 'manual',
  });

const asForm = (body: BodyInit | Record<string, string>) =>
  body.constructor === Object ? new URLSearchParams(body as Record<string, string>) : (body as BodyInit);
