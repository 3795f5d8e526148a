import { calendarLinks, type LinkedEvent } from '../calendar-invites/calendar-links.rules.ts';
import type { CalendarLinks } from '../contracts/calendar-links.ts';
import type { Dateline } from '../contracts/dateline.ts';
import type { Places } from '../contracts/event-card.ts';
import type { FormState } from '../contracts/form-state.ts';
import {
  answerField,
  consentField,
  type AskedOnForm,
  type RegistrationDetails,
} from '../contracts/registration-form.ts';
import type { ConsentChoice, RegistrationQuestion } from '../contracts/registration-question.ts';
import { datelineOf } from '../platform/time/show-time.ts';

interface AskingEvent extends AskedOnForm {
  readonly consents: readonly { readonly id: string; readonly wording: string }[];
}

/** The questions and consents of an event as its form shows them. */
export function formFields({ questions, consents }: AskingEvent): {
  questions: RegistrationQuestion[];
  consents: ConsentChoice[];
} {
  return {
    questions: questions.map(({ id, label, kind, options, isRequired }): RegistrationQuestion => {
      const asked = { name: answerField(id), label, hint: null, required: isRequired };
      if (kind === 'text') return { ...asked, kind };
      return { ...asked, kind, options: options.map((option) => ({ value: option, label: option })) };
    }),
    consents: consents.map(({ id, wording }) => ({ name: consentField(id), wording })),
  };
}

/** What is stored, as if it had just been typed. */
export function typedDetails(details: RegistrationDetails): FormState['values'] {
  const { name, organisation, jobTitle, accessNeeds, answers, consentIds } = details;
  return {
    name,
    organisation,
    jobTitle,
    accessNeeds,
    ...Object.fromEntries(answers.map(({ questionId, values }) => [answerField(questionId), [...values]])),
    ...Object.fromEntries(consentIds.map((id) => [consentField(id), 'yes'])),
  };
}

/** What pages about one registration show of its event. */
export function eventAround(
  event: {
    readonly slug: string;
    readonly title: string;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly zone: string;
  },
  organiser: { readonly name: string; readonly contactEmail: string },
  places: Places,
): {
  slug: string;
  title: string;
  dateline: Dateline;
  price: string;
  places: Places;
  organiser: { name: string; email: string };
} {
  return {
    slug: event.slug,
    title: event.title,
    dateline: datelineOf(event),
    price: 'Free',
    places,
    organiser: { name: organiser.name, email: organiser.contactEmail },
  };
}

/** Ways to put the event into a calendar from a page; the entry in the mail is the one that updates itself. */
export function calendarOf(
  event: Omit<LinkedEvent, 'url'> & { readonly slug: string },
  publicUrl: string,
): CalendarLinks {
  const path = `/events/${event.slug}`;
  return calendarLinks({ ...event, url: publicUrl + path }, `${path}.ics`);
}
