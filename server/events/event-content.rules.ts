import slugify from '@sindresorhus/slugify';
import type { EventForm } from '../contracts/event-form.ts';
import type { FieldError } from '../contracts/form-state.ts';
import { readRegistrationTimes, readSpan } from './event-times.rules.ts';

interface Kept {
  readonly stages: readonly { readonly id: string; readonly name: string }[];
  readonly consents: readonly { readonly id: string; readonly wording: string; readonly version: number }[];
  readonly questions: readonly { readonly id: string }[];
}
const nothingKept: Kept = { stages: [], consents: [], questions: [] };

/**
 * What a typed form stores. Ids of stages, questions and consents that stay are kept, because sessions and
 * answers point at them; a consent with another wording gets the next version, because what people agreed to
 * was the old one.
 */
export function readEventContent(form: EventForm, newId: () => string, before: Kept = nothingKept) {
  const { title, summary, description, topics, series, accent, timeZone: zone, capacity, faqs } = form;
  const { isOnDemand } = form;
  const read = readSpan(form, zone);
  if (!read.ok) return { ok: false as const, errors: read.errors };
  const { errors, times } = readRegistrationTimes(form, { ...read.span, zone });
  const consents = consentsOf(form, before, errors);
  if (errors.length > 0) return { ok: false as const, errors };
  const content = {
    ...{ title, summary, description, topics, series, accent, zone, capacity, faqs, isOnDemand },
    ...read.span,
    ...times,
    stages: stagesOf(form.stages, before.stages, newId),
    questions: form.questions.map((question) => ({
      ...question,
      id: before.questions.some(({ id }) => id === question.id) ? question.id : newId(),
    })),
    consents,
  };
  return { ok: true as const, content };
}

function stagesOf(names: readonly string[], before: Kept['stages'], newId: () => string) {
  const gone = before.filter(({ name }) => !names.includes(name));
  const added = names.filter((name) => !before.some((stage) => stage.name === name));
  // As many new names as old ones are missing: they were renamed, in order.
  const isRenaming = gone.length === added.length;
  return names.map((name) => ({
    id:
      before.find((stage) => stage.name === name)?.id ??
      (isRenaming ? gone[added.indexOf(name)]?.id : undefined) ??
      newId(),
    name,
  }));
}

function consentsOf(form: EventForm, before: Kept, errors: FieldError[]) {
  const seen = new Set<string>();
  return form.consents.map(({ purpose, wording }, index) => {
    const id = slugify(purpose) || `purpose-${index + 1}`;
    if (seen.has(id))
      errors.push({ field: `consent-${index + 1}-purpose`, message: 'Another consent has this purpose' });
    seen.add(id);
    const old = before.consents.find((consent) => consent.id === id);
    return { id, wording, version: !old ? 1 : old.wording === wording ? old.version : old.version + 1 };
  });
}
