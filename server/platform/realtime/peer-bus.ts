import { peerMessages, type PeerMessage, type PeerTopic } from '../../contracts/peer-messages.ts';

/** One message as it crosses from process to process. */
export interface PeerEnvelope {
  readonly topic: PeerTopic;
  readonly payload: object;
}
type Carrier = (envelope: PeerEnvelope) => void;
type Listener = (payload: never) => void;

const carriers = new Set<Carrier>();
const listeners = new Map<PeerTopic, Set<Listener>>();

/** Tells every other web process, if there are any and they can be reached. Never waits, never throws. */
export function tellPeers<T extends PeerTopic>(topic: T, payload: PeerMessage<T>): void {
  for (const carry of carriers) carry({ topic, payload });
}

/** Hears what other processes tell, not this one. Returns the function that stops listening. */
export function onPeerMessage<T extends PeerTopic>(
  topic: T,
  listener: (payload: PeerMessage<T>) => void,
): () => void {
  const heard = listeners.get(topic) ?? new Set();
  listeners.set(topic, heard.add(listener));
  return () => heard.delete(listener);
}

/** A way to the other processes: Redis, or the process that forked this one. Returns the function that ends it. */
export function addPeerCarrier(carry: Carrier): () => void {
  carriers.add(carry);
  return () => carriers.delete(carry);
}

/** What came from another process, perhaps of another version: what is not understood is passed over. */
export function hearPeer(envelope: unknown): void {
  if (typeof envelope !== 'object' || envelope === null) return;
  const { topic, payload } = envelope as Record<string, unknown>;
  if (typeof topic !== 'string' || !Object.hasOwn(peerMessages, topic)) return;
  const known = topic as PeerTopic;
  const parsed = peerMessages[known].safeParse(payload);
  if (!parsed.success) return;
  for (const listener of listeners.get(known) ?? []) listener(parsed.data as never);
}
