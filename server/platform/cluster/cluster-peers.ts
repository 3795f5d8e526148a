import cluster from 'node:cluster';
import { addPeerCarrier, hearPeer, type PeerEnvelope } from '../realtime/peer-bus.ts';

/** By the process that forked them the processes of one machine reach each other, and it them, without Redis. */
export function joinClusterPeers(): { stop(): void } {
  return cluster.isPrimary ? relayPeers() : joinFromFork();
}

function relayPeers(): { stop(): void } {
  const tell = (message: object, exceptId: number | null) => {
    for (const forked of Object.values(cluster.workers ?? {}))
      if (forked && forked.id !== exceptId && forked.isConnected())
        forked.send(message, (error) => void error);
  };
  const relay = (from: { readonly id: number }, message: unknown) => {
    const peer = peerIn(message);
    if (peer === null) return;
    hearPeer(peer);
    tell({ peer }, from.id);
  };
  const stopCarrying = addPeerCarrier((peer) => tell({ peer }, null));
  cluster.on('message', relay);
  return {
    stop() {
      stopCarrying();
      cluster.off('message', relay);
    },
  };
}

function joinFromFork(): { stop(): void } {
  const hear = (message: unknown) => hearPeer(peerIn(message));
  const stopCarrying = addPeerCarrier((peer: PeerEnvelope) => {
    // A failure to send is an error event without this, and the process is about to end anyway.
    if (process.connected) process.send?.({ peer }, undefined, undefined, () => undefined);
  });
  process.on('message', hear);
  return {
    stop() {
      stopCarrying();
      process.off('message', hear);
    },
  };
}

const peerIn = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'peer' in message ? message.peer : null;
