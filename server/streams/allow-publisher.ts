import { trusted } from 'mongoose';
import type { MediaAnswer, MediaMessage, PublishRefusal } from '../contracts/media-control.ts';
import type { PictureSource } from '../contracts/stage-picture.ts';
import type { Deps } from '../deps.ts';
import { getEvent, type Event } from '../events/event.queries.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { followPublisher } from './follow-publisher.ts';
import { findPublishingObstacle } from './publish.rules.ts';
import { StreamModel, type Stream } from './stream.model.ts';
import { mayGoOnAir } from './studio-room.queries.ts';
import { readStudioTicket, type StudioTicket } from './studio-ticket.rules.ts';

type Found =
  | { readonly stream: Stream; readonly source: PictureSource }
  | { readonly reason: PublishRefusal; readonly message: string };

/** Whether whoever holds this key or ticket may publish now, and to which stream. The reason is for their screen. */
export async function allowPublisher(
  { kind, credential }: Pick<MediaMessage<'publish'>, 'kind' | 'credential'>,
  deps: Pick<Deps, 'clock' | 'secrets' | 'transaction'>,
): Promise<MediaAnswer<'publish'>> {
  const now = deps.clock.now();
  const ticket = readStudioTicket(credential, now, deps.secrets);
  const found = await (ticket
    ? findByTicket(ticket.ticket.streamId, ticket.isExpired)
    : findByKey(credential));
  if ('reason' in found) return { ok: false, ...found };
  const event = await getEvent(found.stream.eventId);
  const message = findPublishingObstacle(event, now);
  if (message) return { ok: false, reason: 'not-now', message };
  const refused = ticket && (await useTicket(ticket.ticket, kind, event));
  if (refused) return { ok: false, ...refused };
  const publisher = { streamId: found.stream._id, source: found.source };
  await followPublisher(publisher, deps);
  return { ok: true, ...publisher, ...(ticket && { tag: ticket.ticket.person }) };
}

async function findByTicket(streamId: string, isExpired: boolean): Promise<Found> {
  if (isExpired)
    return {
      reason: 'expired-ticket',
      message: 'This page waited too long. Press “Go on air” again.',
    };
  const stream = await StreamModel.findOne({ _id: streamId }).lean();
  return stream ? { stream, source: 'studio' } : unknown;
}

/** More than anybody asks for while one is valid. */
const mostUses = 100;

/** Why not; null: used now. Once by each way in, because a browser that gets nowhere by the first tries the next. */
async function useTicket(
  { id, streamId, person }: StudioTicket,
  kind: MediaMessage<'publish'>['kind'],
  event: Event,
): Promise<typeof used | typeof former | null> {
  const key = `${id}:${kind}`;
  const stream = await StreamModel.findOneAndUpdate(
    { _id: streamId, 'studioUses.key': trusted({ $ne: key }) },
    { $push: { studioUses: { $each: [{ key, person }], $slice: -mostUses } } },
  ).lean();
  if (!stream) return used;
  // After it is noted: who is taken off the session from now on is found by the note, and cut off.
  return (await mayGoOnAir(event, stream.stageId ?? null, person)) ? null : former;
}

const former = {
  reason: 'not-now',
  message: 'You are not on the programme of this stage any more. Ask the organiser.',
} as const;

const used = {
  reason: 'expired-ticket',
  message: 'This page’s ticket was used before. Press “Go on air” again.',
} as const;

const unknown = {
  reason: 'unknown-key',
  message: 'No stage has this stream key. Copy it again from the Streams page of your event.',
} as const;

async function findByKey(key: string): Promise<Found> {
  const keyHash = hashToken(key);
  const stream = await StreamModel.findOne({ keyHash }).lean();
  if (stream) return { stream, source: 'encoder' };
  if (!(await StreamModel.exists({ revokedKeyHashes: keyHash }))) return unknown;
  return {
    reason: 'revoked-key',
    message: 'This stream key was changed. Ask for the new one, or make one on the Streams page.',
  };
}
