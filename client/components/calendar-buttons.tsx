import type { CalendarLinks } from '../../server/contracts/calendar-links.ts';
import { Icon } from './icon.tsx';

export function CalendarButtons({ links }: { links: CalendarLinks }) {
  const buttons = [
    { href: links.google, text: 'Google' },
    { href: links.outlook, text: 'Outlook.com' },
    { href: links.microsoft365, text: 'Microsoft 365' },
    { href: links.yahoo, text: 'Yahoo' },
    { href: links.ics, text: 'Apple or other (.ics)' },
  ];
  return (
    <ul class="plain cal-buttons">
      {buttons.map((button) => (
        <li key={button.text}>
          <a class="button line" href={button.href}>
            <Icon name="calendar" />
            <span>{button.text}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
