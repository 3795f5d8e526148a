import type { CalendarLinks } from '../../server/contracts/calendar-links.ts';
import { Link, Paragraph, Section } from './text.tsx';

const attached =
  'We attached a calendar entry. It moves when the event moves, and goes if the event is cancelled or you cancel.';
const copies = 'If it does not show, add a copy, which stays as it is today, to';

/** The invite that is attached, and the ways round it for clients that hide it. */
export function CalendarSection({ links }: { links: CalendarLinks }) {
  return (
    <Section heading="It is in your calendar">
      <Paragraph>
        {attached} {copies} <Link href={links.google}>Google</Link>,{' '}
        <Link href={links.outlook}>Outlook.com</Link>, <Link href={links.microsoft365}>Microsoft 365</Link>,{' '}
        <Link href={links.yahoo}>Yahoo</Link> or <Link href={links.ics}>Apple and others</Link>.
      </Paragraph>
    </Section>
  );
}

export const calendarText = (links: CalendarLinks): string =>
  [
    'It is in your calendar',
    '',
    `${attached} ${copies}:`,
    `Google: ${links.google}`,
    `Outlook.com: ${links.outlook}`,
    `Microsoft 365: ${links.microsoft365}`,
    `Yahoo: ${links.yahoo}`,
    `Apple and others: ${links.ics}`,
  ].join('\n');
