import { setTimeout as delay } from 'node:timers/promises';
import { checkPlaylist, checkUpdate, type CheckedPlaylist } from './playlist-checker.ts';

export interface FollowedPlaylists {
  /** By rung: how often its list was read, and its newest state. */
  readonly rungs: ReadonlyMap<string, { readonly reads: number; readonly last: CheckedPlaylist }>;
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

/**
 * Reads the list of every rung of a run again and again, as players do, and holds each against the rules and against the
 * one before. One that cannot be had is left out: who serves it may be dead just now.
 */
export function followPlaylists(runUrl: string): FollowedPlaylists {
  const rungs = new Map<string, { reads: number; last: CheckedPlaylist }>();
  const complaints: string[] = [];
  const stopping = new AbortController();
  const read = async (uri: string) => {
    const answer = await fetch(runUrl + uri).catch(() => null);
    return answer?.ok ? answer.text().catch(() => null) : null;
  };
  const work = async () => {
    while (!stopping.signal.aborted) {
      const main = (await read('main.m3u8')) ?? '';
      for (const [, rung = ''] of main.matchAll(/^(\w+)\/live\.m3u8$/gm)) {
        const text = await read(`${rung}/live.m3u8?dvr=1`);
        if (!text) continue;
        const [before, last] = [rungs.get(rung), checkPlaylist(text)];
        const found = [...last.complaints, ...(before ? checkUpdate(before.last, last) : [])];
        for (const one of found.map((text) => `${rung}: ${text}`))
          if (!complaints.includes(one)) complaints.push(one);
        rungs.set(rung, { reads: (before?.reads ?? 0) + 1, last });
      }
      await delay(250, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const done = work();
  return {
    rungs,
    complaints,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}
