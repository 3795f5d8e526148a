import { signal, type ReadonlySignal } from '@preact/signals';
import type { StudioSignal } from '../../../server/contracts/studio-room.ts';
import { isAnswerTo } from './descriptions.ts';
import type { Timers } from './timers.ts';

/** How a connection from browser to browser stands. disturbed: may mend itself. */
export type PeerState = 'new' | 'connected' | 'disturbed' | 'broken';

/** One connection, seen from the side that offers. */
export interface OfferingPeer {
  /** The description with all its candidates. */
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  close(): void;
}

export type LineState = 'off' | 'waiting' | 'connecting' | 'connected' | 'again';

export interface GuestLineParts extends Pick<Timers, 'later'> {
  open(onState: (state: PeerState) => void): OfferingPeer;
  send(toPeerId: string, signal: StudioSignal): void;
}

export interface GuestLine {
  readonly state: ReadonlySignal<LineState>;
  /** From the host; both false while there is no connection. */
  readonly standing: ReadonlySignal<{ readonly isOnAir: boolean; readonly isMuted: boolean }>;
  /** To whom; null while the room has no host, undefined outside of the room. */
  setHost(peerId: string | null | undefined): void;
  hear(fromPeerId: string, signal: StudioSignal): void;
}

const patienceMs = 8_000;
const disturbedMs = 4_000;
const retryMs = [500, 1_000, 2_000, 4_000, 8_000];
const nothing = { isOnAir: false, isMuted: false };

/** One guest's connection to whoever is host: at most one at a time, and never to anybody else. */
export function createGuestLine(parts: GuestLineParts): GuestLine {
  const state = signal<LineState>('off');
  const standing = signal(nothing);
  let host: string | null = null;
  let peer: OfferingPeer | null = null;
  let offered = '';
  let lost = 0;
  /** Raised at each attempt: what an earlier one was waiting for does not count. */
  let attempt = 0;
  let callOff = () => undefined as void;

  const drop = () => {
    attempt += 1;
    callOff();
    peer?.close();
    peer = null;
    offered = '';
    standing.value = nothing;
  };
  const retry = () => {
    drop();
    state.value = 'again';
    const wait = retryMs[Math.min(lost++, retryMs.length - 1)] ?? 0;
    callOff = parts.later(() => void begin(), wait);
  };

  async function begin() {
    drop();
    const mine = attempt;
    const to = host;
    if (to === null) return;
    if (state.value !== 'again') state.value = 'connecting';
    callOff = parts.later(retry, patienceMs);
    try {
      const opened = (peer = parts.open((next) => mine === attempt && heard(next)));
      const sdp = await opened.offer();
      if (mine !== attempt) return;
      offered = sdp;
      parts.send(to, { kind: 'offer', sdp });
    } catch {
      if (mine === attempt) retry();
    }
  }
  const heard = (next: PeerState) => {
    if (next === 'broken') return retry();
    if (next === 'new') return;
    callOff();
    if (next === 'disturbed') return void (callOff = parts.later(retry, disturbedMs));
    lost = 0;
    state.value = 'connected';
  };

  return {
    ...{ state, standing },
    setHost(next) {
      const isSame = next === host && (host !== null || state.value === 'waiting');
      if (isSame) return;
      host = next ?? null;
      lost = 0;
      drop();
      state.value = next === undefined ? 'off' : 'waiting';
      if (host !== null) void begin();
    },
    hear(from, signal) {
      if (from !== host || !peer) return;
      if (signal.kind === 'standing') {
        const { isOnAir, isMuted } = signal;
        standing.value = { isOnAir, isMuted };
      }
      if (signal.kind !== 'answer' || !isAnswerTo(offered, signal.sdp)) return;
      const mine = attempt;
      peer.accept(signal.sdp).catch(() => mine === attempt && retry());
    },
  };
}
