import { isIPv6 } from 'node:net';
import type { Clock } from '../../time/clock.ts';

/** Wrong keys that cost nothing: a key pasted badly, and the encoder tries again by itself. */
const freeFailures = 3;
const longestDelayMs = 8_000;
const forgottenAfterMs = 10 * 60_000;
const maxAddresses = 10_000;

export interface AddressGuard {
  /** Counts a connection that has not been let in yet. False: there are too many of this address. */
  enter(address: string): boolean;
  leave(address: string): void;
  failed(address: string): void;
  /**
   * ms that the next answer to this address waits. A wait, not a refusal: a whole building may share the address,
   * and somebody else's right key still opens.
   */
  delayOf(address: string): number;
}

export function guardAddresses(maxPerAddress: number, clock: Clock): AddressGuard {
  const entered = new Map<string, number>();
  const failures = new Map<string, { count: number; at: number }>();

  const failuresOf = (key: string) => {
    const found = failures.get(key);
    if (!found || clock.now().getTime() - found.at > forgottenAfterMs) return 0;
    return found.count;
  };

  return {
    enter(address) {
      const key = networkOf(address);
      const count = entered.get(key) ?? 0;
      if (count >= maxPerAddress) return false;
      entered.set(key, count + 1);
      return true;
    },
    leave(address) {
      const key = networkOf(address);
      const count = entered.get(key) ?? 0;
      if (count > 1) entered.set(key, count - 1);
      else entered.delete(key);
    },
    failed(address) {
      const key = networkOf(address);
      const count = failuresOf(key) + 1;
      // Set again so that the map's first is the one that failed longest ago.
      failures.delete(key);
      failures.set(key, { count, at: clock.now().getTime() });
      const [oldest] = failures.keys();
      if (failures.size > maxAddresses && oldest !== undefined) failures.delete(oldest);
    },
    delayOf(address) {
      const beyond = failuresOf(networkOf(address)) - freeFailures;
      return beyond < 0 ? 0 : Math.min(longestDelayMs, 250 * 2 ** Math.min(beyond, 20));
    },
  };
}

/** Who holds an IPv6 address holds the 2^64 beside it as well. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = ''] = address.split('::');
  return head.split(':').slice(0, 4).join(':');
}
