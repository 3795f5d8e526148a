import { z } from 'zod';
import { emailAddress, longText, optionalText, requiredText } from './form-text.ts';

/** What one event asks beyond the fields that everybody gets. */
export interface AskedOnForm {
  readonly questions: readonly AskedQuestion[];
  readonly consents: readonly { readonly id: string }[];
}

export interface AskedQuestion {
  readonly id: string;
  readonly label: string;
  readonly kind: 'text' | 'choice' | 'multiple-choice';
  readonly options: readonly string[];
  readonly isRequired: boolean;
}

/** Names of the posted controls; the prefix keeps an organiser's ids apart from the fields of the form. */
export const answerField = (questionId: string) => `answer-${questionId}`;
export const consentField = (consentId: string) => `consent-${consentId}`;

/** What a person tells us about themselves at one event. */
export interface RegistrationDetails {
  readonly name: string;
  readonly organisation: string;
  readonly jobTitle: string;
  readonly accessNeeds: string;
  /** Only questions that were answered. */
  readonly answers: readonly { readonly questionId: string; readonly values: readonly string[] }[];
  /** Ids of the purposes that were ticked. */
  readonly consentIds: readonly string[];
}

const aboutYou = {
  name: requiredText('your full name', 100),
  organisation: optionalText(120),
  jobTitle: optionalText(120),
  accessNeeds: longText(1000),
};
/** Names one sending of the form. Scripts may leave it out; then sending twice is a repeat registration. */
const attempt = z.uuid({ error: 'Reload the page and send the form from there' }).optional();

/** The registration form of one event; a field it did not ask for is refused. */
export function registrationForm(asked: AskedOnForm) {
  return z
    .strictObject({
      ...aboutYou,
      email: emailAddress,
      attempt,
      ...questionFields(asked),
      ...consentFields(asked),
    })
    .transform((form) => ({ ...detailsOf(form, asked), email: form.email, attempt: form.attempt ?? null }));
}
export type RegistrationForm = z.infer<ReturnType<typeof registrationForm>>;

/** The same without what cannot change here; `revision` is the one the person saw. */
export function registrationDetailsForm(asked: AskedOnForm) {
  return z
    .strictObject({
      ...aboutYou,
      revision: z.coerce.number({ error: 'Reload the page and try again' }).int().min(1),
      ...questionFields(asked),
      ...consentFields(asked),
    })
    .transform((form) => ({ ...detailsOf(form, asked), revision: form.revision }));
}

/** The boxes alone. */
export function consentsForm(asked: AskedOnForm) {
  return z.strictObject(consentFields(asked)).transform((form) => tickedIn(form, asked));
}

/** What a person who signs in wants the next form to say already. */
export const ownDetailsForm = z.strictObject({
  name: aboutYou.name,
  organisation: aboutYou.organisation,
  jobTitle: aboutYou.jobTitle,
});

export const passOnForm = z.strictObject({
  name: requiredText('the full name of your colleague', 100),
  email: emailAddress,
});

export const changeEmailForm = z.strictObject({ email: emailAddress });

function questionFields({ questions }: AskedOnForm): Record<string, z.ZodType<readonly string[]>> {
  return Object.fromEntries(questions.map((question) => [answerField(question.id), answerTo(question)]));
}

function consentFields({ consents }: AskedOnForm): Record<string, z.ZodType<boolean>> {
  const box = z
    .literal('yes', { error: 'Tick the box or leave it' })
    .optional()
    .transform((value) => value === 'yes');
  return Object.fromEntries(consents.map(({ id }) => [consentField(id), box]));
}

function answerTo({ kind, options, isRequired }: AskedQuestion): z.ZodType<readonly string[]> {
  switch (kind) {
    case 'text': {
      const line = isRequired ? requiredText('an answer', 500) : optionalText(500);
      return line.transform((text) => (text === '' ? [] : [text]));
    }
    case 'choice':
      return z
        .string({ error: 'Choose one answer' })
        .default('')
        .refine((choice) => (choice === '' ? !isRequired : options.includes(choice)), {
          error: 'Choose one of the answers',
        })
        .transform((choice) => (choice === '' ? [] : [choice]));
    case 'multiple-choice':
      // One ticked box arrives as a string, several as a list.
      return z
        .union([z.string().transform((choice) => [choice]), z.array(z.string())], {
          error: 'Choose from the answers',
        })
        .default([])
        .transform((choices) => [...new Set(choices)])
        .refine((choices) => choices.every((choice) => options.includes(choice)), {
          error: 'Choose from the answers',
        })
        .refine((choices) => choices.length > 0 || !isRequired, { error: 'Choose at least one answer' });
  }
}

type AboutYou = { [Field in keyof typeof aboutYou]: z.output<(typeof aboutYou)[Field]> };

function detailsOf(form: AboutYou, asked: AskedOnForm): RegistrationDetails {
  // The fields that depend on the event have no names a type could know.
  const posted = form as unknown as Record<string, unknown>;
  const { name, organisation, jobTitle, accessNeeds } = form;
  const answers = asked.questions
    .map(({ id }) => ({ questionId: id, values: posted[answerField(id)] as readonly string[] }))
    .filter(({ values }) => values.length > 0);
  return { name, organisation, jobTitle, accessNeeds, answers, consentIds: tickedIn(posted, asked) };
}

const tickedIn = (posted: Record<string, unknown>, { consents }: AskedOnForm): string[] =>
  consents.map(({ id }) => id).filter((id) => posted[consentField(id)] === true);
