import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../contracts/problem.ts';

/** Counts tries by key in the memory of this process; a restart forgets them, so nothing rests on it alone. */
export interface RateLimit {
  /** Takes one try of `key`. Throws `too-many-requests` with the seconds to wait when none is left. */
  spend(key: string): Promise<void>;
}

/** `what` completes "Too many …", such as "sign-in emails for this address". */
export function createRateLimit(limit: { tries: number; seconds: number; what: string }): RateLimit {
  const limiter = new RateLimiterMemory({ points: limit.tries, duration: limit.seconds });
  return {
    async spend(key) {
      try {
        // Hashed, so that an address is not kept in memory in the clear and a long key costs no more.
        await limiter.consume(createHash('sha256').update(key).digest('base64url'));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw new AppError(
          'too-many-requests',
          `Too many ${limit.what}. Wait ${waitInWords(retryAfterSeconds)} and try again.`,
          { retryAfterSeconds },
        );
      }
    },
  };
}

/**
 * Stops a flood from one network. Keep `tries` far above what a council behind one address does at ten o'clock:
 * people are limited by address, link and device, never by network alone.
 */
export function limitByNetwork(limit: { tries: number; seconds: number }): RequestHandler {
  const limiter = createRateLimit({ ...limit, what: 'requests from your network' });
  return (request, _response, next) => {
    limiter.spend(networkOf(request.ip)).then(() => next(), next);
  };
}

/**
 * What counts as one client network: an IPv4 address, or the /64 of an IPv6 one, because a single household has
 * 2^64 addresses. `request.ip` heeds X-Forwarded-For only from as many proxies as TRUST_PROXY names.
 */
export function networkOf(ip: string | undefined): string {
  if (!ip) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? ip).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...gap, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return 'a minute';
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
