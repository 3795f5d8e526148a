import { loadConfig } from '../../server/config.ts';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { inTransaction } from '../../server/platform/database/transaction.ts';
import { openDatabase } from '../../server/platform/database/open-database.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { systemClock } from '../../server/platform/time/clock.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { readMailbox, type ReadMail } from '../support/mailbox.ts';
import { storageOf } from '../support/spawned-product.ts';
import { until } from '../support/until.ts';
import { brokenInvariants, openEvent, typed, type TestEvent } from '../registrations/registering.ts';

/** One person with one filled-in form: the same attempt however often it is sent. */
export interface Person {
  readonly email: string;
  readonly form: URLSearchParams;
}

export function crowd(size: number): Person[] {
  return Array.from({ length: size }, (_, index) => {
    const email = `person-${index}@example.org`;
    return {
      email,
      form: new URLSearchParams(typed({ email, name: `Person ${index}` })),
    };
  });
}

/** What the person was told: that they are in, that it is sold out, or nothing, because no answer came. */
export type Told = 'in' | 'sold-out' | 'nothing';

export async function sendForm(origin: string, event: TestEvent, person: Person): Promise<Told> {
  const request = fetch(`${origin}${event.path}/register`, {
    method: 'POST',
    body: person.form,
    headers: { origin, accept: 'text/html' },
    redirect: 'manual',
  });
  const response = await request.catch(() => null);
  if (!response) return 'nothing';
  await response.arrayBuffer().catch(() => null);
  if (response.status === 303 && response.headers.get('location') === `${event.path}/registered`) return 'in';
  if (response.status === 409) return 'sold-out';
  throw new Error(`Unexpected answer ${response.status}`);
}

/** Everybody sends at the same moment. `onIn` hears of each who is told that they are in. */
export async function rushOf(
  origin: string,
  event: TestEvent,
  people: readonly Person[],
  onIn: (count: number) => void = () => undefined,
): Promise<Map<Told, Person[]>> {
  const told = new Map<Told, Person[]>([
    ['in', []],
    ['sold-out', []],
    ['nothing', []],
  ]);
  await Promise.all(
    people.map(async (person) => {
      const answer = await sendForm(origin, event, person);
      told.get(answer)?.push(person);
      if (answer === 'in') onIn(told.get('in')?.length ?? 0);
    }),
  );
  return told;
}

/** The captured mails, once there are that many. Looked for slowly, because each look reads them all. */
export function waitForMails(origin: string, count: number): Promise<ReadMail[]> {
  const look = async () => {
    const captured = await readMailbox(origin);
    return captured.length >= count ? captured : null;
  };
  return until(`${count} mails`, look, 90_000, 500);
}

/** Looks into the data folder while no product runs on it, as an operator's tools would. */
async function insideData<T>(dataDirectory: string, work: () => Promise<T>): Promise<T> {
  const config = loadConfig({ NODE_ENV: 'test', ...storageOf(dataDirectory) });
  const database = await openDatabase(config, createLogger('silent'));
  try {
    await connectDatabase(database.uri);
    await ensureIndexes();
    return await work();
  } finally {
    await disconnectDatabase();
    await database.close();
  }
}

/** An event in thirty days, stored before the product first starts. */
export function storeEvent(dataDirectory: string, capacity: number): Promise<TestEvent> {
  const startsAt = new Date(Date.now() + 30 * 86_400_000);
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) };
  return insideData(dataDirectory, () =>
    openEvent({ deps: { transaction: inTransaction }, clock: systemClock }, { capacity, ...times }),
  );
}

/** Who has a place, and what does not add up. */
export function countPlaces(
  dataDirectory: string,
  event: TestEvent,
): Promise<{ confirmed: string[]; complaints: string[] }> {
  return insideData(dataDirectory, async () => {
    const confirmed = await RegistrationModel.find({ eventId: event.id, status: 'confirmed' }).lean();
    return { confirmed: confirmed.map(({ email }) => email), complaints: await brokenInvariants(event) };
  });
}
