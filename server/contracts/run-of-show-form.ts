import { z } from 'zod';
import { sessionMove } from './live-messages.ts';

const id = z.string({ error: 'Reload the page and try again.' }).min(1).max(64);

/** One button of the run of show, pressed without script. `revision` is what the organiser was looking at. */
export const runOfShowForm = z.strictObject({
  sessionId: id,
  move: sessionMove,
  revision: z.coerce.number().int().min(0),
  stage: z.string().max(64).optional(),
});
