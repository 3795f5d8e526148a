import { Secret, TOTP } from 'otpauth';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { addMember } from '../../server/organisers/add-member.ts';
import { createOrganiser } from '../../server/organisers/create-organiser.ts';
import type { Actor, MemberRole } from '../../server/contracts/actor.ts';
import { resolveSignIns } from '../../server/sign-ins/resolve-sign-ins.ts';
import { BrowserSession } from './browser-session.ts';
import type { Product } from './product.ts';

export const testSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const system: Actor = { kind: 'system', name: 'test' };

export interface SentMail {
  readonly email: string;
  readonly token: string;
  readonly code: string;
  readonly path: string;
}

/** What the newest sign-in mail holds, read where the worker would read it. */
export async function newestMail(product: Product): Promise<SentMail> {
  const mails = await sentMails(product);
  const newest = mails.at(-1);
  if (!newest) throw new Error('No sign-in mail was asked for');
  return newest;
}

export async function sentMails(product: Product): Promise<SentMail[]> {
  const entries = await OutboxEntryModel.find({ kind: 'sign-in:requested' }).sort({ createdAt: 1 }).lean();
  return entries.map((entry) => {
    const { sealed } = entry.payload as { sealed: string };
    return JSON.parse(product.deps.secrets.decrypt('sign-in-mail', sealed)) as SentMail;
  });
}

export async function askForLink(product: Product, email: string, next?: string) {
  const browser = new BrowserSession(product.url);
  const response = await browser.post('/sign-in', { email, ...(next === undefined ? {} : { next }) });
  const attempt =
    new URL(response.headers.get('location') ?? '/', product.url).searchParams.get('attempt') ?? '';
  // Two links of one standing clock would have no order.
  product.clock.advance({ seconds: 1 });
  return { browser, response, attempt, mail: await newestMail(product) };
}

export async function signInAttendee(product: Product, email: string): Promise<BrowserSession> {
  const { browser, mail } = await askForLink(product, email);
  const entered = await browser.post('/sign-in/link', { token: mail.token });
  if (entered.status !== 303)
    throw new Error(`The link was answered ${entered.status}: ${await entered.text()}`);
  return browser;
}

export async function seedMember(
  product: Product,
  options: { email?: string; totpSecret?: string | null; role?: MemberRole; slug?: string } = {},
): Promise<{ memberId: string; organiserId: string }> {
  const {
    email = 'olivia@council.example',
    totpSecret = testSecret,
    role = 'owner',
    slug = 'council',
  } = options;
  const organiser = await createOrganiser(
    system,
    { name: 'Council', slug, contactEmail: 'events@council.example' },
    product.deps,
  );
  if (!organiser.ok) throw new Error(organiser.reason);
  const { organiserId } = organiser;
  const member = await addMember(
    system,
    { organiserId, email, name: 'Olivia', role, ...(totpSecret ? { totpSecret } : {}) },
    product.deps,
  );
  if (!member.ok) throw new Error(member.reason);
  return { memberId: member.memberId, organiserId };
}

export const totpCode = (product: Product, secret = testSecret, offsetSteps = 0): string =>
  TOTP.generate({
    secret: Secret.fromBase32(secret),
    timestamp: product.clock.now().getTime() + offsetSteps * 30_000,
  });

/** Signed in by link, second factor given. */
export async function signInMember(
  product: Product,
  email = 'olivia@council.example',
): Promise<BrowserSession> {
  const browser = await signInAttendee(product, email);
  product.clock.advance({ seconds: 30 });
  await browser.post('/sign-in/second-factor', { code: totpCode(product) });
  return browser;
}

/** Who the product takes this browser for. */
export function whoIs(product: Product, browser: BrowserSession) {
  return resolveSignIns(browser.cookieHeader(), product.deps);
}
