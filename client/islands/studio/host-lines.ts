import { signal, type ReadonlySignal } from '@preact/signals';
import type { StudioSignal } from '../../../server/contracts/studio-room.ts';
import { isPlainOffer, markAnswer } from './descriptions.ts';
import type { PeerState } from './guest-line.ts';

/** One connection, seen from the side that answers. */
export interface AnsweringPeer {
  /** The description with all its candidates. */
  answer(offer: string): Promise<string>;
  close(): void;
}

export interface HostLinesParts {
  open(guest: string, onState: (state: PeerState) => void): AnsweringPeer;
  send(toPeerId: string, signal: StudioSignal): void;
}

export interface HostLines {
  /** Of guests who have made an offer. */
  readonly states: ReadonlySignal<ReadonlyMap<string, PeerState>>;
  /** Who sits in the room as a guest. */
  setGuests(peerIds: readonly string[]): void;
  /** False: from somebody who is not known to be in the room; kept until they are. */
  hear(fromPeerId: string, signal: StudioSignal): boolean;
}

/** The host's connections: one to each guest at most, and to nobody else. */
export function createHostLines(parts: HostLinesParts): HostLines {
  const states = signal<ReadonlyMap<string, PeerState>>(new Map());
  const peers = new Map<string, AnsweringPeer>();
  /** Offers that came before the news of whose they are. */
  const early = new Map<string, string>();
  let guests: readonly string[] = [];

  const set = (guest: string, state: PeerState | null) => {
    const next = new Map(states.value);
    if (state) next.set(guest, state);
    else next.delete(guest);
    states.value = next;
  };
  const drop = (guest: string) => {
    peers.get(guest)?.close();
    peers.delete(guest);
  };

  async function answer(guest: string, offer: string) {
    drop(guest);
    set(guest, 'new');
    const peer: AnsweringPeer = parts.open(guest, (state) => peers.get(guest) === peer && set(guest, state));
    peers.set(guest, peer);
    const sdp = await peer.answer(offer).catch(() => null);
    if (peers.get(guest) !== peer) return;
    // An offer that cannot be taken is followed by another; that is the guest's part.
    if (sdp === null) set(guest, 'broken');
    else parts.send(guest, { kind: 'answer', sdp: markAnswer(offer, sdp) });
  }

  return {
    states,
    setGuests(next) {
      guests = next;
      for (const guest of [...states.value.keys()].filter((one) => !next.includes(one))) {
        drop(guest);
        set(guest, null);
      }
      for (const [guest, offer] of early) if (next.includes(guest)) void answer(guest, offer);
      early.clear();
    },
    hear(from, signal) {
      if (signal.kind !== 'offer' || !isPlainOffer(signal.sdp)) return true;
      const isKnown = guests.includes(from);
      if (isKnown) void answer(from, signal.sdp);
      else early.set(from, signal.sdp);
      return isKnown;
    },
  };
}
