import type { CalendarLinks } from '../../server/contracts/calendar-links.ts';
import { Link, Paragraph, Section } from './text.tsx';

/** The invite that is attached, and the ways round it for clients that hide it. */
export function CalendarSection({ links }: { links: CalendarLinks }) {
  return (
    <Section heading="It is in your calendar">
      <Paragraph>
        We attached a calendar entry. If the event is cancelled, or you cancel, the entry goes with it. You
        can also add it to <Link href={links.google}>Google</Link>, <Link href={links.outlook}>Outlook</Link>,{' '}
        <Link href={links.microsoft365}>Microsoft 365</Link>, <Link href={links.yahoo}>Yahoo</Link> or{' '}
        <Link href={links.ics}>Apple and others</Link>.
      </Paragraph>
    </Section>
  );
}

export const calendarText = (links: CalendarLinks): string =>
  [
    'It is in your calendar',
    '',
    'We attached a calendar entry. If the event is cancelled, or you cancel, the entry goes with it. You can also add it here:',
    `Google: ${links.google}`,
    `Outlook: ${links.outlook}`,
    `Microsoft 365: ${links.microsoft365}`,
    `Yahoo: ${links.yahoo}`,
    `Apple and others: ${links.ics}`,
  ].join('\n');
