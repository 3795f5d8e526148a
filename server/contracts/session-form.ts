import { z } from 'zod';
import { wallTimeFields } from './event-form.ts';
import { longText, optionalText, requiredText } from './form-text.ts';
import { tickedList } from './numbered-rows.ts';
import { revisionField } from './revision-field.ts';

export const sessionKindNames = [
  'welcome',
  'keynote',
  'talk',
  'panel',
  'workshop',
  'case-study',
  'interview',
  'debate',
  'clinic',
  'break',
  'closing',
] as const;
export type SessionKind = (typeof sessionKindNames)[number];

export const sessionForm = z.strictObject({
  title: requiredText('the title of the session', 160),
  kind: z.enum(sessionKindNames, { error: 'Choose a kind from the list' }),
  summary: longText(600).transform((text) => text.replaceAll('\n', ' ')),
  /** '' is every stage; a new name is a new stage. */
  stage: optionalText(60),
  ...wallTimeFields,
  speakers: tickedList(30),
  moderators: tickedList(30),
  automatic: z
    .literal('yes', { error: 'Tick the box or leave it' })
    .optional()
    .transform((value) => value === 'yes'),
  revision: revisionField.optional(),
});
export type SessionForm = z.infer<typeof sessionForm>;
