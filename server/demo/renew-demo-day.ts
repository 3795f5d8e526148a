import type { Deps } from '../deps.ts';
import { findEventBySlug, listEventsOfOrganiser } from '../events/event.queries.ts';
import { addDemoEvent, type DemoEdition } from './add-demo-event.ts';
import type { DemoSession } from './demo-content.ts';
import { planToday } from './demo-dates.ts';
import { digitalToday } from './digital-services.ts';
import { runDemoDay } from './run-demo-day.ts';

const daySlug = /^digital-services-(today|\d{4}-\d{2}-\d{2}(-\d+)?)$/;

/**
 * When the event that was on is over, a new edition is laid around now, under its date. The old one stays as it
 * is, with all that people did to it. Returns the slug of the event to visit.
 */
export async function renewDemoDay(
  { organiserId, speakerIds }: Pick<DemoEdition, 'organiserId' | 'speakerIds'>,
  deps: Deps,
): Promise<string> {
  const now = deps.clock.now();
  // A cancelled or postponed day counts as well: whoever did that did not ask for another.
  const days = (await listEventsOfOrganiser(organiserId)).filter(({ slug }) => daySlug.test(slug));
  const current = days.find(({ endsAt }) => endsAt > now);
  if (current) return current.slug;
  const { date, zone, agenda, ...times } = planToday(now, digitalToday.agenda);
  const slug = await freeSlug(`digital-services-${date}`);
  const event = {
    ...digitalToday,
    ...times,
    slug,
    agenda: agenda.map((session) => known(session, speakerIds)),
  };
  const announcedAt = new Date(now.getTime() - 40 * 86_400_000);
  await deps.transaction(async () => {
    const edition = { organiserId, speakerIds, event, date, zone, announcedAt, isAutomatic: true };
    await runDemoDay(await addDemoEvent(edition, deps), deps);
  });
  deps.logger.info({ slug }, 'demo day renewed');
  return slug;
}

async function freeSlug(base: string): Promise<string> {
  let slug = base;
  for (let count = 2; await findEventBySlug(slug); count += 1) slug = `${base}-${count}`;
  return slug;
}

/** Speakers whom somebody has taken out or renamed stay out. */
function known(session: DemoSession, speakerIds: ReadonlyMap<string, string>): DemoSession {
  const [start, minutes, kind, stage, title, speakers = [], summary] = session;
  return [start, minutes, kind, stage, title, speakers.filter((key) => speakerIds.has(key)), summary ?? ''];
}
