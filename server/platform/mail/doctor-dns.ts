import { Resolver } from 'node:dns/promises';

/** What a name server said: records, none at all, or nothing that can be relied on. */
export type Answer<T> =
  | { readonly kind: 'found'; readonly records: readonly T[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly code: string };

export interface Lookups {
  /** Each record as one text; its strings are joined, as SPF and DKIM read them. */
  txt(name: string): Promise<Answer<string>>;
  mx(name: string): Promise<Answer<string>>;
  /** IPv4 and IPv6. */
  addresses(name: string): Promise<Answer<string>>;
}

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the given name servers, or those of this machine; waits `timeoutMs` for each of two tries. */
export function openLookups(options: { servers?: readonly string[]; timeoutMs?: number } = {}): Lookups {
  const resolver = new Resolver({ timeout: options.timeoutMs ?? 3_000, tries: 2 });
  if (options.servers && options.servers.length > 0) resolver.setServers(options.servers);
  return {
    txt: (name) => answer(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
    mx: (name) =>
      answer(async () =>
        (await resolver.resolveMx(name))
          .sort((one, other) => one.priority - other.priority)
          .map(({ exchange }) => exchange),
      ),
    async addresses(name) {
      const [four, six] = await Promise.all([
        answer(() => resolver.resolve4(name)),
        answer(() => resolver.resolve6(name)),
      ]);
      const records = [four, six].flatMap((one) => (one.kind === 'found' ? one.records : []));
      if (records.length > 0) return { kind: 'found', records };
      return [four, six].find(({ kind }) => kind === 'unknown') ?? { kind: 'none' };
    },
  };
}

async function answer<T>(ask: () => Promise<readonly T[]>): Promise<Answer<T>> {
  try {
    const records = await ask();
    return records.length > 0 ? { kind: 'found', records } : { kind: 'none' };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code === 'string' && absent.has(code)) return { kind: 'none' };
    return { kind: 'unknown', code: typeof code === 'string' ? code : 'EUNKNOWN' };
  }
}
