import { z } from 'zod';
import { sessionMove } from './live-messages.ts';
import { clientId, liveText } from './live-text.ts';

const id = z.string({ error: 'Reload the page and try again.' }).min(1).max(64);

/** One button of the run of show, pressed without script. `revision` is what the organiser was looking at. */
export const runOfShowForm = z.strictObject({
  sessionId: id,
  move: sessionMove,
  revision: z.coerce.number().int().min(0),
  stage: z.string().max(64).optional(),
});

export const extendForm = z.strictObject({
  sessionId: id,
  minutes: z.coerce.number().int().min(1).max(120),
  revision: z.coerce.number().int().min(0),
  stage: z.string().max(64).optional(),
});

/** A notice, or word that something is wrong, written without script. */
export const announceForm = z.strictObject({
  clientId,
  kind: z.enum(['notice', 'incident']),
  urgency: z.enum(['polite', 'assertive']),
  text: liveText(280),
  expires: z.enum(['', '5', '15', '60']).default(''),
  stage: z.string().max(64).optional(),
});

export const takeDownForm = z.strictObject({ announcementId: id, stage: z.string().max(64).optional() });
