import { z } from 'zod';

/** The hidden field of every form that edits something: which revision the person was looking at. */
export const revisionField = z
  .string({ error: 'Reload the page and try again' })
  .regex(/^\d{1,9}$/, { error: 'Reload the page and try again' })
  .transform(Number);
