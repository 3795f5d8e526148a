import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import type { Registration } from '../../server/registrations/registration.model.ts';
import { register, stored, type TestEvent } from '../registrations/registering.ts';
import type { BrowserSession } from '../support/browser-session.ts';
import type { Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';

export interface Subscriber {
  readonly email: string;
  readonly browser: BrowserSession;
  /** Path of the calendar. */
  readonly path: string;
  /** At the events given, in their order. */
  readonly places: readonly Registration[];
}

/** Somebody new who registers, signs in and makes their calendar. */
export async function subscribe(product: Product, ...events: TestEvent[]): Promise<Subscriber> {
  const email = `${randomUUID()}@example.org`;
  for (const event of events) await register(product, event, { email });
  const browser = await signInAttendee(product, email);
  await browser.post('/account/calendar', {});
  const places = await Promise.all(events.map((event) => stored(event, email)));
  return { email, browser, path: await calendarPath(browser), places };
}

export async function calendarPath(browser: BrowserSession): Promise<string> {
  const html = await (await browser.get('/account/calendar')).text();
  const path = /<code[^>]*>https?:\/\/[^/]+(\/calendars\/[\w.-]+\.ics)<\/code>/.exec(html)?.[1];
  if (!path) throw new Error('The page shows no calendar');
  return path;
}

/** As calendar programs ask: without cookies. */
export const ask = (product: Product, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(product.url + path, init);

export interface ReadEntry {
  readonly uid: string;
  readonly summary: string;
  readonly status: string;
  readonly transp: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly start: string;
  readonly url: string;
}

/** What a calendar program makes of a feed. */
export function readEntries(ics: string): ReadEntry[] {
  const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((entry) => {
    const value = (name: string) => String(entry.getFirstPropertyValue(name));
    return {
      uid: value('uid'),
      summary: value('summary'),
      status: value('status'),
      transp: value('transp'),
      sequence: Number(value('sequence')),
      stamp: value('dtstamp'),
      start: value('dtstart'),
      url: value('url'),
    };
  });
}

export const readCalendar = async (product: Product, path: string): Promise<ReadEntry[]> =>
  readEntries(await (await ask(product, path)).text());
