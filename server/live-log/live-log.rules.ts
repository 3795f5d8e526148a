import {
  liveAudience,
  type LiveAudience,
  type LiveFact,
  type NumberedFact,
} from '../contracts/live-facts.ts';

/** One log, and the Socket.IO room of everybody who reads it. */
export const logKey = (eventId: string, audience: LiveAudience): string => `${eventId}:${audience}`;

/** What `logKey` was made of. */
export function readLogKey(key: string): { eventId: string; audience: LiveAudience } {
  const at = key.lastIndexOf(':');
  return { eventId: key.slice(0, at), audience: liveAudience.parse(key.slice(at + 1)) };
}

/** More than this is slower to send and to apply than everything anew. */
const mostMissedFacts = 200;

/** What a browser that has applied `lastSeq` needs when the log stands at `seq`. */
export function resumeFrom(lastSeq: number | null, seq: number): 'nothing' | 'facts' | 'snapshot' {
  // A number from the future means that the log was restored from an older copy.
  if (lastSeq === null || lastSeq > seq || seq - lastSeq > mostMissedFacts) return 'snapshot';
  return lastSeq === seq ? 'nothing' : 'facts';
}

type Erasure = Extract<LiveFact, { name: 'chat:deleted' | 'chat:cleared' }>;

export const isErasure = (fact: LiveFact): fact is Erasure =>
  fact.name === 'chat:deleted' || fact.name === 'chat:cleared';

/** Facts from before an erasure, as the store has them since: without what was said. */
export const withoutErased = (facts: readonly NumberedFact[], erasure: Erasure): NumberedFact[] =>
  facts.map((numbered) => {
    const { fact } = numbered;
    if (fact.name !== 'chat:posted') return numbered;
    const { message } = fact;
    if (erasure.name === 'chat:cleared')
      return message.channel === 'stage' && message.stageId === erasure.stageId
        ? { ...numbered, fact: erasure }
        : numbered;
    if (message.id === erasure.messageId) return { ...numbered, fact: erasure };
    return message.replyTo?.id === erasure.messageId
      ? { ...numbered, fact: { ...fact, message: { ...message, replyTo: null } } }
      : numbered;
  });
