import { liveMessages, type LiveMessage, type LivePermission } from '../contracts/live-messages.ts';

/** The messages that a viewer's page without script sends as forms. */
const forms = {
  'chat:post': 'chat',
  'question:ask': 'questions',
  'question:vote': 'questions',
  'poll:vote': 'polls',
} as const;
export interface PartMessages {
  'chat:post': LiveMessage<'chat:post'>;
  'question:ask': LiveMessage<'question:ask'>;
  'question:vote': LiveMessage<'question:vote'>;
  'poll:vote': LiveMessage<'poll:vote'>;
}
type PartFormName = keyof PartMessages;

interface ReadForm {
  readonly permission: LivePermission;
  readonly tab: (typeof forms)[PartFormName];
  readonly stage: string;
  /** What was written, to give back. */
  readonly typed: string;
}

/** Reads a form as the message that a script would have sent. */
export function readPartForm<K extends PartFormName>(
  name: K,
  body: unknown,
  {
    eventId,
    id,
    newId,
  }: { readonly eventId: string; readonly id: string | undefined; readonly newId: () => string },
): ReadForm &
  (
    | { readonly ok: true; readonly message: PartMessages[K] }
    | { readonly ok: false; readonly problem: string }
  ) {
  const { permission, payload } = liveMessages[name];
  const fields = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : '');
  const read = { permission, tab: forms[name], stage: text('stageId'), typed: text('text') };
  const place = { eventId, stageId: text('stageId') || null, clientId: text('clientId') || newId() };
  const message = {
    'chat:post': () => ({ ...place, channel: 'stage', text: text('text'), replyToId: null }),
    'question:ask': () => ({
      ...place,
      sessionId: text('sessionId') || null,
      text: text('text'),
      isAnonymous: text('isAnonymous') === 'true',
    }),
    'question:vote': () => ({ eventId, questionId: id, isOn: text('isOn') !== 'false' }),
    'poll:vote': () => ({
      eventId,
      pollId: id,
      choice: {
        optionIds: [fields.optionIds ?? []].flat().filter((one) => typeof one === 'string'),
        word: text('word').trim() || null,
      },
    }),
  }[name]();
  const parsed = payload.safeParse(message);
  if (parsed.success) return { ...read, ok: true, message: parsed.data as PartMessages[K] };
  return { ...read, ok: false, problem: parsed.error.issues[0]?.message ?? 'That could not be read.' };
}
