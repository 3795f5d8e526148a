import { z } from 'zod';

/** The star beside a session. `from` is the page it was pressed on, which comes back at the same session. */
export const starForm = z
  .strictObject({ isStarred: z.enum(['yes', 'no']), from: z.enum(['event', 'agenda']).default('event') })
  .transform(({ isStarred, from }) => ({ isStarred: isStarred === 'yes', from }));
export type StarForm = z.infer<typeof starForm>;
