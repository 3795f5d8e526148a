import { liveAudience, type LiveAudience } from '../contracts/live-facts.ts';

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
