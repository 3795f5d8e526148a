import { z } from 'zod';
import { longText, optionalEmailAddress, optionalText, requiredText } from './form-text.ts';
import { revisionField } from './revision-field.ts';

export const speakerForm = z.strictObject({
  name: requiredText('the full name of the speaker', 100),
  pronouns: optionalText(40),
  jobTitle: optionalText(120),
  organisation: optionalText(120),
  /** Where invites go; '' when nobody has said. */
  email: optionalEmailAddress,
  note: optionalText(240),
  bio: longText(8_000),
  revision: revisionField.optional(),
});
export type SpeakerForm = z.infer<typeof speakerForm>;
