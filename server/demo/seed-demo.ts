import { demoAuthenticatorUri, demoMemberEmail, demoOrganiserSlug, demoTotpSecret } from './demo-member.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { hasEvents } from '../events/event.queries.ts';
import { addMember } from '../organisers/add-member.ts';
import { createOrganiser } from '../organisers/create-organiser.ts';
import { findMemberByEmail } from '../organisers/organiser.queries.ts';
import { createSpeaker } from '../speakers/create-speaker.ts';
import { addDemoEvent, type DemoEdition } from './add-demo-event.ts';
import { decarbonisation2023, decarbonisationNext, decarbonisationSpeakers } from './decarbonisation.ts';
import type { DemoSpeaker } from './demo-content.ts';
import { nextWeekday, planToday } from './demo-dates.ts';
import { digitalSpeakers, digitalToday, procurementClinic } from './digital-services.ts';
import { learning2022, learningNext, learningSpeakers } from './learning.ts';
import { runDemoDay } from './run-demo-day.ts';

const actor: Actor = { kind: 'system', name: 'demo' };
const dayMs = 86_400_000;

/**
 * Fills an empty installation with events worth looking at, all in one transaction: a start that is interrupted
 * leaves it empty. Returns how the demo's organiser signs in; null where there is no demo.
 */
export async function seedDemo(deps: Deps): Promise<string | null> {
  if (!(await hasEvents()) && !(await findMemberByEmail(demoMemberEmail))) {
    await deps.transaction(() => seed(deps));
    deps.logger.info('demo seeded');
  }
  return (await findMemberByEmail(demoMemberEmail)) ? signInLines(deps) : null;
}

async function seed(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const organiserId = await addOrganiser(deps);
  const speakerIds = await addSpeakers(organiserId, deps);
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  const add = (edition: Omit<DemoEdition, 'organiserId' | 'speakerIds'>) =>
    addDemoEvent({ organiserId, speakerIds, ...edition }, deps);

  const past = { isOnDemand: true };
  const learning = await add({
    ...past,
    event: learning2022,
    date: '2022-02-03',
    announcedAt: new Date('2021-12-06T10:00:00Z'),
  });
  const decarbonisation = await add({
    ...past,
    event: decarbonisation2023,
    date: '2023-03-21',
    announcedAt: new Date('2023-01-16T10:00:00Z'),
  });
  const { date, zone, ...times } = planToday(now, digitalToday.agenda);
  const today = await add({
    event: { ...digitalToday, ...times },
    ...{ date, zone, announcedAt: ago(40), isAutomatic: true },
  });
  for (const eventId of [learning, decarbonisation, today]) await runDemoDay(eventId, deps);

  await add({ event: procurementClinic, date: nextWeekday(now, 3, 8), announcedAt: ago(20) });
  await add({ event: learningNext, date: nextWeekday(now, 4, 16), announcedAt: ago(30) });
  await add({ event: decarbonisationNext, date: nextWeekday(now, 2, 35), announcedAt: ago(30) });
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

async function addSpeakers(organiserId: string, deps: Deps): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const speakers: Record<string, DemoSpeaker> = {
    ...learningSpeakers,
    ...decarbonisationSpeakers,
    ...digitalSpeakers,
  };
  for (const [key, { name, jobTitle, organisation, pronouns = '', note = '', bio }] of Object.entries(
    speakers,
  )) {
    const form = {
      name,
      jobTitle,
      organisation,
      pronouns,
      note,
      bio: bio ?? `${jobTitle} at **${organisation}**.`,
    };
    ids.set(key, (await createSpeaker(actor, { organiserId, form }, deps)).speakerId);
  }
  return ids;
}

function signInLines({ config, secrets }: Deps): string {
  const live = `${config.publicUrl}/events/${digitalToday.slug}`;
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
