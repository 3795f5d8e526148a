import { trusted } from 'mongoose';
import { recordExport } from '../audit/record-export.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { ChatMessageModel } from './chat-message.model.ts';

export const chatColumns = [
  'Written at',
  'Where',
  'Name',
  'Organisation',
  'As',
  'Message',
  'In answer to',
  'Reactions',
] as const;

const size = 500;

export const countChat = (eventId: string): Promise<number> =>
  ChatMessageModel.countDocuments({ eventId, deletedAt: null });

/** What was said and stands, also backstage, in order; that it was taken is recorded first. */
export async function* exportChat(
  actor: Actor,
  { event }: { readonly event: Pick<Event, '_id' | 'organiserId' | 'stages'> },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): AsyncGenerator<(string | number)[][]> {
  const { _id: eventId, organiserId } = event;
  requirePermission(actor, 'live:moderate', organiserId);
  await recordExport(actor, { event, what: 'chat' }, deps);
  const stageName = (stageId: string | null | undefined) =>
    event.stages.find(({ id }) => id === stageId)?.name ?? '';
  for (let after = 0; ;) {
    const messages = await ChatMessageModel.find({ eventId, deletedAt: null, seq: trusted({ $gt: after }) })
      .sort({ seq: 1 })
      .limit(size)
      .lean();
    yield messages.map(({ at, channel, stageId, author, text, replyTo, reactions }) => [
      at.toISOString(),
      channel === 'backstage' ? 'Backstage' : stageName(stageId),
      author.name,
      author.organisation,
      author.role,
      text,
      replyTo?.excerpt ?? '',
      reactions.agree + reactions.thanks + reactions.love + reactions.laugh,
    ]);
    const last = messages.at(-1);
    if (!last || messages.length < size) return;
    after = last.seq;
  }
}
