import type { EventDetail } from '../../server/contracts/event-detail.ts';
import { eventAction, eventStanding } from './event-action.ts';
import { placesLeftText } from './places-text.ts';

/** Section links and the one action; on phones the action becomes a bar at the bottom. */
export function EventBar({ event }: { event: EventDetail }) {
  const action = eventAction(event);
  const standing = eventStanding(event);
  const sections = [
    { href: '#about', text: 'About' },
    { href: '#agenda', text: 'Agenda' },
    ...(event.speakers.length > 0 ? [{ href: '#speakers', text: 'Speakers' }] : []),
    ...(event.questions.length > 0 ? [{ href: '#questions', text: 'Questions' }] : []),
  ];
  return (
    <div class="eventbar">
      <div class="wrap">
        <nav aria-label="On this page">
          <ul class="plain">
            {sections.map((section) => (
              <li key={section.href}>
                <a href={section.href}>{section.text}</a>
              </li>
            ))}
          </ul>
        </nav>
        <p class="eventbar-act">
          <span class="eventbar-places">
            <strong>{standing ?? event.price}</strong>{' '}
            {!standing && <span>{placesLeftText(event.places)}</span>}
          </span>{' '}
          {action && (
            <a class="button" href={action.href}>
              {action.text}
            </a>
          )}
        </p>
      </div>
    </div>
  );
}
