import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '../../server/contracts/actor.ts';
import type { MediaAnswer, MediaMessage, MediaMessageName } from '../../server/contracts/media-control.ts';
import type { StreamHealth } from '../../server/contracts/stream-health.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { mediaBearer } from '../../server/platform/media/control/bearer.ts';
import { makeStreamKey } from '../../server/streams/make-stream-key.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import type { Product } from '../support/product.ts';

/** What a web process asked of it, in order, by name. */
export interface MediaStandIn {
  readonly url: string;
  readonly asked: { readonly name: string; readonly message: Record<string, unknown> }[];
  close(): Promise<void>;
}

/** Answers `{}` to everything that web asks of the media process, and remembers it. */
export async function openMediaStandIn(): Promise<MediaStandIn> {
  const asked: MediaStandIn['asked'] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      asked.push({ name: request.url?.split('/').at(-1) ?? '', message });
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Posts to web as the media process does. */
export async function askWeb<K extends MediaMessageName>(
  product: Product,
  name: K,
  message: MediaMessage<K>,
): Promise<MediaAnswer<K>> {
  const response = await postToWeb(product, name, JSON.stringify(message));
  if (!response.ok) throw new Error(`${name} was answered ${response.status}`);
  return (await response.json()) as MediaAnswer<K>;
}

export const postToWeb = (
  product: Product,
  name: string,
  body: string,
  bearer = mediaBearer(product.deps.secrets),
): Promise<Response> =>
  fetch(`${product.url}/internal/media/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
    body,
  });

export const memberActor = (organiserId: string, role: 'organiser' | 'moderator' = 'organiser'): Actor => ({
  kind: 'member',
  memberId: 'member-1',
  organiserId,
  role,
  email: 'hannah@pse365.example',
  signInId: 'sign-in-1',
});

/** A key for the main stage of an event, as its organiser makes it. */
export async function giveKey(product: Product, eventId: string): Promise<{ key: string; streamId: string }> {
  const event = await getEvent(eventId);
  const known = await findStreamOfStage(eventId, 'main');
  const madeAt = known?.keyMadeAt?.getTime() ?? 0;
  const actor = memberActor(event.organiserId);
  const made = await makeStreamKey(actor, { event, stageId: 'main', madeAt }, product.deps);
  const stream = await findStreamOfStage(eventId, 'main');
  if (!made.ok || !stream) throw new Error('No key was made');
  return { key: made.key, streamId: stream._id };
}

/** A stream that is well, but for `changes`. */
export const healthOf = (streamId: string, changes: Partial<StreamHealth> = {}): StreamHealth => ({
  streamId,
  state: 'live',
  runId: 'run-health',
  onAir: 'encoder',
  waitsFor: null,
  inputs: [],
  rungs: ['source'],
  viewers: 3,
  isRecording: true,
  recordedMs: 1_000,
  warnings: [],
  ...changes,
});
