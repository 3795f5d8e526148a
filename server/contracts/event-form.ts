import { z } from 'zod';
import { longText, optionalText, requiredText } from './form-text.ts';
import { numberedRows, rowNumbers, tickedList } from './numbered-rows.ts';
import { revisionField } from './revision-field.ts';

/** How many rows of each kind a form may have. */
export const mostRows = { question: 20, consent: 10, faq: 20 } as const;

const date = z
  .string({ error: 'Enter a date' })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'Enter a date such as 2027-03-23' });
const time = z
  .string({ error: 'Enter a time' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Enter a time such as 09:30' });
const optionalWallTime = z
  .string({ error: 'Enter a date and time' })
  .default('')
  .refine((text) => text === '' || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text), {
    error: 'Enter a date and time, or leave it empty',
  })
  .transform((text) => text || null);

/** Date and times of a form, as wall time; the zone says which instants they are. */
export const wallTimeFields = { date, startTime: time, endTime: time };

const lines = (max: number, length: number) =>
  longText(max * (length + 1)).transform((text) => [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ]);

const eventFields = {
  title: requiredText('the name of the event', 120),
  slug: optionalText(80).transform((text) => text.toLowerCase()),
  summary: longText(400).transform((text) => text.replaceAll('\n', ' ')),
  description: longText(20_000),
  accent: optionalText(7).refine((text) => text === '' || /^#[0-9a-f]{6}$/i.test(text), {
    error: 'Enter a colour such as #0b5c63',
  }),
  topics: tickedList(60),
  series: optionalText(80),
  ...wallTimeFields,
  timeZone: requiredText('a time zone', 60),
  capacity: z
    .string({ error: 'Enter a number' })
    .default('')
    .transform((text) => text.trim())
    .refine((text) => text === '' || (/^\d{1,6}$/.test(text) && Number(text) >= 1), {
      error: 'Enter a whole number of places from 1 to 999999, or leave it empty for no limit',
    })
    .transform((text) => (text === '' ? null : Number(text))),
  registrationOpensAt: optionalWallTime,
  registrationClosesAt: optionalWallTime,
  onDemand: z
    .literal('yes', { error: 'Tick the box or leave it' })
    .optional()
    .transform((value) => value === 'yes'),
  stages: lines(6, 60).refine((names) => names.length <= 6, { error: 'Use six stages or fewer' }),
};

const rowFields = {
  question: {
    id: optionalText(64),
    label: optionalText(200),
    kind: z
      .enum(['text', 'choice', 'multiple-choice'], { error: 'Choose how it is answered' })
      .default('text'),
    options: lines(30, 120),
    required: z
      .literal('yes', { error: 'Tick the box or leave it' })
      .optional()
      .transform((value) => value === 'yes'),
  },
  consent: { purpose: optionalText(60), wording: longText(600) },
  faq: { question: optionalText(200), answer: longText(2_000) },
};

/** The form of an event. A row whose texts are all empty is no row. */
export const eventForm = z
  .strictObject({
    ...eventFields,
    ...numberedRows('question', mostRows.question, rowFields.question),
    ...numberedRows('consent', mostRows.consent, rowFields.consent),
    ...numberedRows('faq', mostRows.faq, rowFields.faq),
    revision: revisionField.optional(),
  })
  .transform((form, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    // Fields of numbered rows have no names a type could know.
    const posted = form as unknown as Readonly<Record<string, unknown>>;
    const questions = rowNumbers(mostRows.question).flatMap((row) => {
      const part = (name: string) => posted[`question-${row}-${name}`];
      const question = {
        id: part('id') as string,
        label: part('label') as string,
        kind: part('kind') as 'text' | 'choice' | 'multiple-choice',
        options: part('options') as string[],
        isRequired: part('required') as boolean,
      };
      if (question.label === '' && question.options.length === 0) return [];
      if (question.label === '')
        complain(`question-${row}-label`, 'Enter the question, or empty its answers');
      if (question.kind === 'text') return [{ ...question, options: [] }];
      if (question.options.length < 2)
        complain(`question-${row}-options`, 'Enter at least two answers to choose from, one a line');
      return [question];
    });
    const pairs = (name: 'consent' | 'faq', first: string, second: string, sentences: [string, string]) =>
      rowNumbers(mostRows[name]).flatMap((row) => {
        const one = posted[`${name}-${row}-${first}`] as string;
        const two = posted[`${name}-${row}-${second}`] as string;
        if (one === '' && two === '') return [];
        if (one === '') complain(`${name}-${row}-${first}`, sentences[0]);
        if (two === '') complain(`${name}-${row}-${second}`, sentences[1]);
        return [{ one, two }];
      });
    const consents = pairs('consent', 'purpose', 'wording', [
      'Enter what the consent is for, in one or two words',
      'Enter the wording that people agree to',
    ]);
    const faqs = pairs('faq', 'question', 'answer', ['Enter the question', 'Enter the answer']);
    const { title, slug, summary, description, accent, topics, date, startTime, endTime } = form;
    return {
      ...{ title, slug, summary, description, topics, date, startTime, endTime },
      accent: accent === '' ? null : accent.toLowerCase(),
      series: form.series || null,
      timeZone: form.timeZone,
      capacity: form.capacity,
      registrationOpensAt: form.registrationOpensAt,
      registrationClosesAt: form.registrationClosesAt,
      stages: form.stages,
      isOnDemand: form.onDemand,
      questions,
      consents: consents.map(({ one, two }) => ({ purpose: one, wording: two })),
      faqs: faqs.map(({ one, two }) => ({ question: one, answer: two })),
      revision: form.revision ?? null,
    };
  });
export type EventForm = z.infer<typeof eventForm>;

export const cancelEventForm = z.strictObject({ reason: longText(1_000) });
