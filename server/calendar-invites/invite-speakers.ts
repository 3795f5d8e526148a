import type { OutboxMessage } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { readDueInvites } from './read-due-invites.ts';
import { SpeakerInviteModel, type SpeakerInvite } from './speaker-invite.model.ts';
import { slotOf, type InviteStep } from './speaker-invite.rules.ts';

type Step = InviteStep<SpeakerInvite>;
type Told = Extract<OutboxMessage, { kind: 'speaker:invited' }>['payload'];

/**
 * Makes calendars say what the agenda says. Each write holds only for what was read, so of two that run at once
 * one raises the sequence and sends, and the other does nothing.
 */
export async function inviteSpeakers(
  input: { readonly eventId: string },
  deps: Deps,
): Promise<{ ok: true; sent: number }> {
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const { event, steps } = await readDueInvites(input.eventId, at);
    const messages: Told[] = [];
    for (const step of steps) {
      const message = await take(step, { eventId: event._id, organiserId: event.organiserId }, at);
      if (message) messages.push(message);
    }
    await addOutboxMessages(
      messages.map((payload) => ({
        message: { kind: 'speaker:invited', payload },
        options: {
          at,
          orderKey: `speaker-invite:${payload.speakerInviteId}`,
          dedupeKey: `speaker:invited ${payload.speakerInviteId} ${payload.sequence}`,
          scope: `event:${event._id}`,
        },
      })),
    );
    return { ok: true, sent: messages.length };
  });
}

async function take(
  step: Step,
  scope: { readonly eventId: string; readonly organiserId: string },
  changedAt: Date,
): Promise<Told | null> {
  if (step.kind === 'invite') {
    const speakerInviteId = newId();
    const { place, content } = step;
    const written = await SpeakerInviteModel.updateOne(
      { slot: slotOf(place) },
      { $setOnInsert: { _id: speakerInviteId, ...scope, ...place, content, changedAt } },
      { upsert: true },
    );
    return written.upsertedCount === 1 ? { speakerInviteId, method: 'REQUEST', sequence: 0 } : null;
  }
  const { _id, sequence } = step.invite;
  const change =
    step.kind === 'update'
      ? { content: step.content }
      : { state: 'withdrawn' as const, slot: _id, withdrawnBecause: step.because };
  const written = await SpeakerInviteModel.updateOne(
    { _id, state: 'invited', sequence },
    { $set: { ...change, changedAt }, $inc: { sequence: 1 } },
  );
  if (written.modifiedCount === 0) return null;
  const method = step.kind === 'update' ? 'REQUEST' : 'CANCEL';
  return { speakerInviteId: _id, method, sequence: sequence + 1 };
}
