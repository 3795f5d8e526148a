import { unwrap, type RtpPacket } from './rtp-packet.ts';

/** More than a key frame of 1080p has. */
const mostWaiting = 1_024;
/** A sender that jumps this far began anew. */
const farJump = 3_000;

export interface PacketOrder {
  /** Takes a packet as it came, at `now` in ms. */
  push(packet: RtpPacket, now: number): void;
  /** Gives up what is missing for too long. Call it regularly. */
  expire(now: number): void;
  /** Sequence numbers, of 16 bits, that are missing and worth asking for again. */
  missing(now: number): number[];
  /** Since the last call: how many packets should have come, and how many never did. */
  takeCounts(): { readonly expected: number; readonly lost: number };
  /** Of all that came in order or was given up: the last one's number, of 32 bits, as reports want it. */
  highest(): number;
}

/**
 * Puts packets in order. One that is missing holds the others back for `patienceMs`, within which it may come late
 * or again; then `lose` is called once and the rest goes on.
 */
export function orderPackets(options: {
  readonly patienceMs: number;
  take(packet: RtpPacket): void;
  lose(packets: number): void;
}): PacketOrder {
  let extend = unwrap(16);
  let next: number | null = null;
  let blockedSince = 0;
  let askedAt = 0;
  let [expected, lost] = [0, 0];
  const waiting = new Map<number, RtpPacket>();

  const begin = (packet: RtpPacket, now: number) => {
    waiting.clear();
    extend = unwrap(16);
    next = extend(packet.sequence);
    blockedSince = now;
  };
  const flush = (now: number) => {
    for (let packet = next === null ? undefined : waiting.get(next); packet && next !== null;) {
      waiting.delete(next);
      next += 1;
      expected += 1;
      blockedSince = now;
      options.take(packet);
      packet = waiting.get(next);
    }
  };
  const skip = (now: number) => {
    if (next === null || waiting.size === 0) return;
    const gone = Math.min(...waiting.keys()) - next;
    next += gone;
    lost += gone;
    expected += gone;
    options.lose(gone);
    flush(now);
  };

  return {
    push(packet, now) {
      if (next === null) begin(packet, now);
      let place = extend(packet.sequence);
      if (Math.abs(place - (next ?? place)) > farJump) {
        options.lose(1);
        begin(packet, now);
        place = next ?? place;
      }
      if (place < (next ?? 0) || waiting.has(place)) return;
      if (waiting.size === 0) blockedSince = now;
      waiting.set(place, packet);
      flush(now);
      while (waiting.size > mostWaiting) skip(now);
    },
    expire(now) {
      while (waiting.size > 0 && now - blockedSince >= options.patienceMs) skip(now);
    },
    missing(now) {
      if (next === null || waiting.size === 0 || now - askedAt < 40) return [];
      askedAt = now;
      const last = Math.max(...waiting.keys());
      const gone: number[] = [];
      for (let place = next; place < last && gone.length < 64; place += 1)
        if (!waiting.has(place)) gone.push(((place % 65_536) + 65_536) % 65_536);
      return gone;
    },
    takeCounts() {
      const counts = { expected, lost };
      [expected, lost] = [0, 0];
      return counts;
    },
    highest: () => Math.max(0, (next ?? 1) - 1) >>> 0,
  };
}
