import type { Browser, Page } from 'playwright-core';
import { clockInPage } from '../../bench/stream/clock-picture.ts';
import { until } from './until.ts';

/** A second of watching. Times in ms, by the wall clock of the viewer's page. */
export interface WatchedSecond {
  readonly at: number;
  /** `currentTime` of the video. */
  readonly time: number;
  /** The longest time within this second that `currentTime` stood still, whenever it began. */
  readonly still: number;
  /** How old the picture was, by the clock that is painted into it; null: it could not be read. */
  readonly age: number | null;
}

export interface WatchedPage {
  readonly page: Page;
  /** Resolves with all that was noted so far, when there are so many seconds of it. */
  watch(seconds: number, withinMs: number): Promise<readonly WatchedSecond[]>;
  /** How often this page was loaded, and how many videos it has shown. */
  loads(): Promise<{ readonly loads: number; readonly videos: number }>;
}

/** Each event by which a video says that it goes on is looked at; one note a second is kept. */
const noting = `
  ${clockInPage}
  window.watched = { seconds: [], videos: 0 };
  const follow = (video) => {
    watched.videos += 1;
    let movedAt = Date.now(), lastTime = 0, still = 0, second = 0;
    const look = () => {
      const at = Date.now(), time = video.currentTime;
      if (second > 0) still = Math.max(still, at - movedAt);
      if (time !== lastTime) movedAt = at;
      lastTime = time;
      const now = Math.floor(at / 1000);
      if (now === second || time === 0) return;
      second = now;
      const madeAt = readClock(video);
      watched.seconds.push({ at, time: time * 1000, still, age: madeAt === null ? null : at - madeAt });
      still = 0;
    };
    const shown = () => { look(); video.requestVideoFrameCallback(shown); };
    video.requestVideoFrameCallback(shown);
    for (const name of ['timeupdate', 'waiting', 'stalled', 'seeking', 'playing']) video.addEventListener(name, look);
  };
  let last = null;
  new MutationObserver(() => {
    const video = document.querySelector('video');
    if (video && video !== last) follow((last = video));
  }).observe(document, { childList: true, subtree: true });
`;

/** A registered viewer in the live room, in a browser that notes how the picture moves. */
export async function openWatchedPage(
  browser: Browser,
  { url, slug, cookie }: { readonly url: string; readonly slug: string; readonly cookie: string },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 360, height: 480 } });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.addInitScript(noting);
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.goto(`${url}/events/${slug}/live`);
  return {
    page,
    async watch(seconds, withinMs) {
      const isEnough = () => page.evaluate<boolean>(`watched.seconds.length >= ${seconds}`);
      await until(`${seconds} seconds of a picture`, isEnough, withinMs, 500);
      return page.evaluate<WatchedSecond[]>('watched.seconds');
    },
    loads: async () => ({ loads, videos: await page.evaluate<number>('watched.videos') }),
  };
}

export interface Smoothness {
  /** ms that the video gained on the wall clock once it had settled. */
  readonly drift: number;
  /** From the first picture on. */
  readonly longestStill: number;
  /** Of the pictures once it had settled, youngest first. */
  readonly ages: readonly number[];
  readonly unreadable: number;
}

/** What a viewer's notes come to. In the first `settlingSeconds` a player catches up with the live edge. */
export function judgeSmoothness(notes: readonly WatchedSecond[], settlingSeconds: number): Smoothness {
  const settled = notes.filter(({ at }) => at >= (notes[0]?.at ?? 0) + settlingSeconds * 1_000);
  const [first, last] = [settled[0], settled.at(-1)];
  if (!first || !last) throw new Error('Nothing was watched');
  const ages = settled.flatMap(({ age }) => age ?? []).sort((one, other) => one - other);
  return {
    drift: last.time - first.time - (last.at - first.at),
    longestStill: Math.max(...notes.map(({ still }) => still)),
    ages,
    unreadable: settled.length - ages.length,
  };
}
