import { createRateLimit } from '../platform/http/rate-limits.ts';
import type { PartMessages } from './part-form.rules.ts';

/**
 * How often one person may send the forms of a page without script: about as often as its messages over a socket, or
 * forms would be the way around their rates.
 */
export function limitPartForms(): { spend(name: keyof PartMessages, participantId: string): Promise<void> } {
  const votes = createRateLimit({ tries: 60, seconds: 60, what: 'votes in a minute' });
  const limits = {
    'chat:post': createRateLimit({ tries: 20, seconds: 60, what: 'messages in a minute' }),
    'question:ask': createRateLimit({ tries: 6, seconds: 60, what: 'questions in a minute' }),
    'question:vote': votes,
    'poll:vote': votes,
  };
  return { spend: (name, participantId) => limits[name].spend(participantId) };
}
