import { expect } from 'chai';
import { z } from 'zod';
import { livePushes } from '../../server/contracts/live-events.ts';
import { liveFact } from '../../server/contracts/live-facts.ts';
import { liveMessages, type LiveMessageName } from '../../server/contracts/live-messages.ts';
import { openProduct, type Product } from '../support/product.ts';
import { ask, connect, seedSignIn, type LiveSocket } from './live-day.ts';
import { idsOfNothing, messageExamples } from './message-examples.ts';

interface Ref {
  $ref: string;
}
interface Operation {
  action: string;
  channel: Ref;
  messages: Ref[];
  reply?: { channel: Ref; messages: Ref[] };
  'x-permission'?: string;
  'x-roles'?: string[];
  'x-rate'?: object | null;
}
interface Protocol {
  asyncapi: string;
  info: { title: string; version: string };
  servers: Record<string, { host: string; protocol: string }>;
  channels: Record<string, { address: string; messages: Record<string, Ref> }>;
  operations: Record<string, Operation>;
  components: {
    messages: Record<string, { name: string; payload: object }>;
    schemas: Record<string, z.core.JSONSchema.BaseSchema>;
  };
}

const names = Object.keys(liveMessages) as LiveMessageName[];
const keyOf = (name: string) => name.replace(':', '.');

describe('the document of the live protocol', () => {
  let product: Product;
  let protocol: Protocol;
  let answer: Response;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
    answer = await fetch(`${product.url}/api/live.json`);
    protocol = (await answer.json()) as Protocol;
  });
  after(() => product.close());

  const find = (ref: string): unknown => {
    expect(ref).to.match(/^#\//);
    return ref
      .slice(2)
      .split('/')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], protocol);
  };
  const refsIn = (part: unknown): string[] => {
    if (typeof part !== 'object' || part === null) return [];
    const own = '$ref' in part ? [String(part.$ref)] : [];
    return [...own, ...Object.values(part).flatMap(refsIn)];
  };

  it('is AsyncAPI 3.0 that anybody may read and caches may keep, and every reference in it resolves', () => {
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^application\/json/);
    expect(answer.headers.get('cache-control')).to.include('public');
    expect(protocol.asyncapi).to.equal('3.0.0');
    expect(Object.keys(protocol).sort()).to.deep.equal(
      ['asyncapi', 'channels', 'components', 'defaultContentType', 'info', 'operations', 'servers'].sort(),
    );
    expect(protocol.info).to.include.keys('title', 'version');
    for (const { host, protocol: spoken } of Object.values(protocol.servers)) {
      expect(`http://${host}`).to.equal(product.url);
      expect(spoken).to.equal('ws');
    }
    const refs = refsIn(protocol);
    expect(refs).to.have.length.above(200);
    for (const ref of new Set(refs)) expect(find(ref), ref).to.be.an('object');
    for (const kind of Object.values(protocol.components))
      for (const key of Object.keys(kind)) expect(key).to.match(/^[\w.-]+$/);
  });

  it('has every message of the contract with its permission, payload, answer and limit, and no other', () => {
    const { operations, channels, components } = protocol;
    const received = Object.entries(operations).filter(([, { action }]) => action === 'receive');
    expect(received.map(([key]) => key).sort()).to.deep.equal(names.map(keyOf).sort());
    for (const name of names) {
      const operation = operations[keyOf(name)]!;
      expect(operation['x-permission'], name).to.equal(liveMessages[name].permission);
      expect(operation['x-rate'], name).to.deep.equal(liveMessages[name].rate);
      expect(operation['x-roles'], name).to.include('owner');
      const [message] = operation.messages.map(({ $ref }) => find((find($ref) as Ref).$ref));
      expect(message, name).to.deep.include({ name });
      expect(operation.reply?.messages, name).to.have.length(1);
    }
    expect(operations['viewer.ban']?.['x-roles']).to.deep.equal(['owner', 'organiser', 'moderator']);
    const sent = Object.values(operations).filter(({ action }) => action === 'send');
    const pushed = sent.map(
      ({ messages }) => (find((find(messages[0]!.$ref) as Ref).$ref) as { name: string }).name,
    );
    expect(pushed.sort()).to.deep.equal(Object.keys(livePushes).sort());
    const facts = Object.keys(components.schemas).filter((key) => key.startsWith('fact.'));
    const known = liveFact.options.map((option) => `fact.${keyOf([...option.shape.name.values][0] ?? '')}`);
    expect(facts.sort()).to.deep.equal(known.sort());
    const shown = Object.values(channels).flatMap((channel) => Object.keys(channel.messages));
    expect(shown.sort()).to.deep.equal(Object.keys(components.messages).sort());
    expect(shown).to.have.length(names.length * 2 + Object.keys(livePushes).length);
  });

  it('describes what is really accepted: an example of each message fits, one with a stray key does not', () => {
    for (const [name, example] of Object.entries(messageExamples(idsOfNothing('an-event')))) {
      const schema = z.fromJSONSchema(protocol.components.schemas[keyOf(name)] as never);
      expect(schema.safeParse(example).success, name).to.equal(true);
      expect(schema.safeParse({ ...example, stray: 1 }).success, name).to.equal(false);
      expect(liveMessages[name as LiveMessageName].payload.safeParse(example).success, name).to.equal(true);
    }
  });

  it('is served: no message of the contract is without a handler', async () => {
    const { cookie } = await seedSignIn(
      { kind: 'attendee', email: 'anybody@example.org' },
      product.clock.now(),
    );
    const missing: string[] = [];
    let socket: LiveSocket | null = null;
    for (const [index, name] of names.entries()) {
      // Six malformed messages cut a socket off.
      if (index % 4 === 0) {
        socket?.disconnect();
        socket = await connect(product.url, cookie);
      }
      const said = await ask(socket!, name, {});
      if (said.ok || said.code !== 'invalid') missing.push(name);
    }
    socket?.disconnect();
    expect(missing).to.deep.equal([]);
  });
});
