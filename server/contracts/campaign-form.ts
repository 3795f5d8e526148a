import { z } from 'zod';
import { longText, optionalText, requiredText } from './form-text.ts';
import { revisionField } from './revision-field.ts';

/** Whom an organiser may write to; `consented` is for marketing, the others are about the event they have a place at. */
export const segmentNames = ['registered', 'attended', 'did-not-attend', 'consented'] as const;
export type SegmentName = (typeof segmentNames)[number];

export const campaignStates = ['draft', 'scheduled', 'sending', 'stopped'] as const;
export type CampaignState = (typeof campaignStates)[number];

const subject = requiredText('a subject', 160);
const message = longText(10_000).refine((text) => text !== '', { error: 'Write what you want to say' });
const attempt = z.uuid({ error: 'Reload the page and send the form from there' });
/** How many people the page said it goes to. */
const count = z
  .string({ error: 'Reload the page and try again' })
  .regex(/^\d{1,9}$/, { error: 'Reload the page and try again' })
  .transform(Number);

const content = {
  subject,
  /** Markdown. */
  message,
  segment: z.enum(segmentNames, { error: 'Choose who it is for' }),
  /** The purpose that was consented to; for `consented` only. */
  consent: optionalText(120),
};
const needsConsent = ({ segment, consent }: { segment: SegmentName; consent: string }) =>
  segment !== 'consented' || consent !== '';
const needsConsentSentence = { path: ['consent'], error: 'Choose what they consented to' };

/** A new message; `attempt` names one sending of the form, so that a double press writes one. */
export const newCampaignForm = z
  .strictObject({ ...content, attempt })
  .refine(needsConsent, needsConsentSentence);
export const campaignForm = z
  .strictObject({ ...content, revision: revisionField })
  .refine(needsConsent, needsConsentSentence);
export type CampaignContent = Pick<z.infer<typeof campaignForm>, keyof typeof content>;

export const sendCampaignForm = z.strictObject({ count, revision: revisionField });
export const scheduleCampaignForm = z.strictObject({
  date: z
    .string({ error: 'Enter a date' })
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'Enter a date such as 2027-03-23' }),
  time: z
    .string({ error: 'Enter a time' })
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Enter a time such as 09:30' }),
  count,
  revision: revisionField,
});

/** The urgent message of the day: everybody who has a place gets it at once. */
export const urgentForm = z.strictObject({
  subject,
  message: longText(2_000).refine((text) => text !== '', { error: 'Write what they need to know' }),
  attempt,
});
