import { z } from 'zod';
import { livePushes } from '../contracts/live-events.ts';
import { liveFact, numberedFact } from '../contracts/live-facts.ts';
import { liveMessages, mine } from '../contracts/live-messages.ts';
import { livePoll } from '../contracts/live-polls.ts';
import { liveQuestion } from '../contracts/live-questions.ts';
import { liveAgenda, liveSession, liveSnapshot } from '../contracts/live-snapshot.ts';
import { chatMessage } from '../contracts/live-chat.ts';
import { problemCode } from '../contracts/problem.ts';
import { roleMay, type Role } from '../organisers/permission.rules.ts';

const roles: readonly Role[] = [
  'owner',
  'organiser',
  'moderator',
  'finance',
  'viewer',
  'speaker',
  'attendee',
];

/** What any message may be refused with; a handler has no others. */
const refusal = z.strictObject({
  ok: z.literal(false),
  code: problemCode,
  message: z.string(),
  /** For `too-many-requests`: when to try again. */
  retryAfterMs: z.number().optional(),
});

/** Keys of components may hold no colon (AsyncAPI 3.0, Components Object). */
const keyOf = (name: string) => name.replace(':', '.');
const ref = (path: string) => ({ $ref: `#/${path}` });

type Shape = z.ZodObject | z.ZodDiscriminatedUnion;
const accepted = (answer: Shape): z.ZodType =>
  answer instanceof z.ZodObject
    ? answer.extend({ ok: z.literal(true) })
    : z.union(answer.options.map((option) => accepted(option as Shape)));

/** JSON schemas of all that is said, each under the name it is referred to by. */
function describeSchemas(): Record<string, object> {
  const named = z.registry<{ id: string }>();
  const parts = {
    refusal,
    agenda: liveAgenda,
    chatMessage,
    liveSession,
    mine,
    numberedFact,
    poll: livePoll,
    question: liveQuestion,
    snapshot: liveSnapshot,
    fact: liveFact,
  };
  for (const [id, schema] of Object.entries(parts)) named.add(schema, { id });
  for (const option of liveFact.options) {
    const [name] = option.shape.name.values;
    if (name) named.add(option, { id: `fact.${keyOf(name)}` });
  }
  for (const [name, { payload, answer }] of Object.entries(liveMessages)) {
    named.add(payload, { id: keyOf(name) });
    named.add(accepted(answer), { id: `${keyOf(name)}.accepted` });
  }
  for (const [name, push] of Object.entries(livePushes)) named.add(push, { id: `push.${keyOf(name)}` });
  const { schemas } = z.toJSONSchema(named, {
    io: 'input',
    target: 'draft-7',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const bare: Record<string, unknown> = { ...schema };
      delete bare.$schema;
      delete bare.$id;
      return [id, bare];
    }),
  );
}

/** The live protocol as an AsyncAPI 3.0 document, made from the contracts alone: it cannot say what is not so. */
export function describeLiveProtocol(publicUrl: string): object {
  const { host, protocol } = new URL(publicUrl);
  const messages: Record<string, object> = {};
  const operations: Record<string, object> = {};
  const inChannel = (key: string) => ref(`channels/live/messages/${key}`);

  for (const [name, { permission, rate }] of Object.entries(liveMessages)) {
    const key = keyOf(name);
    messages[key] = { name, payload: ref(`components/schemas/${key}`) };
    messages[`${key}.ack`] = {
      name: `${name} (acknowledgement)`,
      payload: { oneOf: [ref(`components/schemas/${key}.accepted`), ref('components/schemas/refusal')] },
    };
    operations[key] = {
      action: 'receive',
      channel: ref('channels/live'),
      messages: [inChannel(key)],
      reply: { channel: ref('channels/live'), messages: [inChannel(`${key}.ack`)] },
      'x-permission': permission,
      'x-roles': roles.filter((role) => roleMay(role, permission)),
      'x-rate': rate,
    };
  }
  for (const name of Object.keys(livePushes)) {
    const key = `push.${keyOf(name)}`;
    messages[key] = { name, payload: ref(`components/schemas/${key}`) };
    operations[key] = { action: 'send', channel: ref('channels/live'), messages: [inChannel(key)] };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Live rooms',
      version: '1.0.0',
      description:
        'Socket.IO, default namespace. Each message is one event with one payload and one acknowledgement. ' +
        'Facts are numbered from 1 within one event and audience, without gaps: after a break send `live:join` ' +
        'with the last number you have applied. `x-permission` names what a message needs and `x-roles` who has ' +
        'it; `x-rate` is one person’s own limit for a message, on top of the limit of all messages.',
    },
    defaultContentType: 'application/json',
    servers: {
      site: { host, protocol: protocol === 'https:' ? 'wss' : 'ws', pathname: '/socket.io/' },
    },
    channels: {
      live: {
        address: '/',
        servers: [ref('servers/site')],
        messages: Object.fromEntries(
          Object.keys(messages).map((key) => [key, ref(`components/messages/${key}`)]),
        ),
      },
    },
    operations,
    components: { messages, schemas: describeSchemas() },
  };
}
