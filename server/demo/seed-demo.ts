import { demoAuthenticatorUri, demoMemberEmail, demoOrganiserSlug, demoTotpSecret } from './demo-member.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { findEventBySlug, hasEvents } from '../events/event.queries.ts';
import { addMember } from '../organisers/add-member.ts';
import { createOrganiser } from '../organisers/create-organiser.ts';
import { findMemberByEmail } from '../organisers/organiser.queries.ts';
import { createSpeaker } from '../speakers/create-speaker.ts';
import { listSpeakersOfOrganiser } from '../speakers/speaker.queries.ts';
import { addDemoEvent, type DemoEdition } from './add-demo-event.ts';
import { decarbonisation2023, decarbonisationNext, decarbonisationSpeakers } from './decarbonisation.ts';
import type { DemoSpeaker } from './demo-content.ts';
import { nextWeekday, planToday } from './demo-dates.ts';
import { digitalSpeakers, digitalToday, procurementClinic } from './digital-services.ts';
import { learning2022, learningNext, learningSpeakers } from './learning.ts';
import { renewDemoDay } from './renew-demo-day.ts';
import { runDemoDay } from './run-demo-day.ts';

const actor: Actor = { kind: 'system', name: 'demo' };
const dayMs = 86_400_000;
const demoSpeakers: Record<string, DemoSpeaker> = {
  ...learningSpeakers,
  ...decarbonisationSpeakers,
  ...digitalSpeakers,
};

/**
 * Fills an empty installation with events worth looking at, one transaction an event: a start that is interrupted
 * leaves whole events, and the next one adds what is missing. Returns how the demo's organiser signs in; null
 * where there is no demo.
 */
export async function seedDemo(deps: Deps): Promise<string | null> {
  const isBegun = (await findMemberByEmail(demoMemberEmail)) !== null;
  if (!isBegun && (await hasEvents())) return null;
  const isComplete = isBegun && (await findEventBySlug(decarbonisationNext.slug)) !== null;
  if (!isComplete) {
    await seed(deps);
    deps.logger.info('demo seeded');
  }
  return signInLines(await today(deps), deps);
}

async function today(deps: Deps): Promise<string> {
  const member = await findMemberByEmail(demoMemberEmail);
  if (!member) throw new Error('The demo has no organiser');
  const { organiserId } = member;
  return renewDemoDay({ organiserId, speakerIds: await findSpeakers(organiserId) }, deps);
}

async function seed(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const { organiserId, speakerIds } = await deps.transaction(() => addPeople(deps));
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  const add = (edition: Omit<DemoEdition, 'organiserId' | 'speakerIds'>) =>
    deps.transaction(async () => {
      if (await findEventBySlug(edition.event.slug)) return;
      const eventId = await addDemoEvent({ organiserId, speakerIds, ...edition }, deps);
      await runDemoDay(eventId, deps);
    });

  await add({
    event: learning2022,
    ...{ date: '2022-02-03', announcedAt: new Date('2021-12-06T10:00:00Z'), isOnDemand: true },
  });
  await add({
    event: decarbonisation2023,
    ...{ date: '2023-03-21', announcedAt: new Date('2023-01-16T10:00:00Z'), isOnDemand: true },
  });
  const { date, zone, ...times } = planToday(now, digitalToday.agenda);
  await add({
    event: { ...digitalToday, ...times },
    ...{ date, zone, announcedAt: ago(40), isAutomatic: true },
  });
  await add({ event: learningNext, date: nextWeekday(now, 4, 14), announcedAt: ago(30) });
  await add({ event: procurementClinic, date: nextWeekday(now, 3, 25), announcedAt: ago(20) });
  await add({ event: decarbonisationNext, date: nextWeekday(now, 2, 35), announcedAt: ago(30) });
}

/** The organiser, its owner and its speakers; what a start before this one made is used again. */
async function addPeople(deps: Deps) {
  const member = await findMemberByEmail(demoMemberEmail);
  const organiserId = member?.organiserId ?? (await addOrganiser(deps));
  const speakerIds = await findSpeakers(organiserId);
  for (const [key, speaker] of Object.entries(demoSpeakers)) {
    if (!speakerIds.has(key)) speakerIds.set(key, await addSpeaker(organiserId, speaker, deps));
  }
  return { organiserId, speakerIds };
}

async function findSpeakers(organiserId: string): Promise<Map<string, string>> {
  const known = new Map((await listSpeakersOfOrganiser(organiserId)).map(({ name, _id }) => [name, _id]));
  const found = new Map<string, string>();
  for (const [key, { name }] of Object.entries(demoSpeakers)) {
    const speakerId = known.get(name);
    if (speakerId) found.set(key, speakerId);
  }
  return found;
}

async function addOrganiser(deps: Deps): Promise<string> {
  const organiser = await createOrganiser(
    actor,
    { name: 'PSE365', slug: demoOrganiserSlug, contactEmail: 'events@pse365.example' },
    deps,
  );
  if (!organiser.ok) throw new Error('There is an organiser pse365 without the demo');
  const { organiserId } = organiser;
  const totpSecret = demoTotpSecret(deps.secrets);
  const member = {
    organiserId,
    email: demoMemberEmail,
    name: 'Robin Hart',
    role: 'owner' as const,
    totpSecret,
  };
  await addMember(actor, member, deps);
  return organiserId;
}

async function addSpeaker(organiserId: string, speaker: DemoSpeaker, deps: Deps): Promise<string> {
  const { name, jobTitle, organisation, pronouns = '', email = '', note = '' } = speaker;
  const bio = speaker.bio ?? `${jobTitle} at **${organisation}**.`;
  const form = { name, jobTitle, organisation, pronouns, email, note, bio };
  return (await createSpeaker(actor, { organiserId, form }, deps)).speakerId;
}

function signInLines(slug: string, { config, secrets }: Deps): string {
  const live = `${config.publicUrl}/events/${slug}`;
  return [
    '',
    `  The demo: ${live} is on today.`,
    `  To enter its live room, register at ${live}/register with any address,`,
    `  read the mail at ${config.publicUrl}/dev/mailbox and open the link in it.`,
    '',
    `  To organise, sign in at ${config.publicUrl}/sign-in as ${demoMemberEmail};`,
    '  the link arrives in the mailbox too. Then a code is asked for: npm run demo:code prints it,',
    `  or add the secret ${demoTotpSecret(secrets)} to an authenticator:`,
    `  ${demoAuthenticatorUri(secrets)}`,
    '',
  ].join('\n');
}
