import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { StateWord } from '../../components/state-word.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleEventsPageProps {
  organiserName: string;
  events: readonly ConsoleEventRow[];
  /** Members who may only read see no button. */
  canCreate: boolean;
  /** The Markdown pages of the whole site, for those who may change them. */
  sitePages: readonly { readonly title: string; readonly path: string }[];
}

export interface ConsoleEventRow extends ConsoleEvent {
  /** "412 of 600", "412" */
  readonly registered: string;
}

export function ConsoleEventsPage({ organiserName, events, canCreate, sitePages }: ConsoleEventsPageProps) {
  return (
    <ConsoleLayout
      title="Events"
      section="events"
      note={organiserName}
      actions={
        canCreate && (
          <a class="button" href="/console/events/new">
            Create an event
          </a>
        )
      }
    >
      {events.length === 0 ? (
        <p class="empty">No events yet. Create the first one; nobody sees it until you publish it.</p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col" class="figure">
                Registered
              </th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event.path}>
                <th scope="row">
                  <a href={event.path}>{event.title}</a>
                  <small>{event.when}</small>
                </th>
                <td>
                  <StateWord state={event.state} />
                </td>
                <td class="figure">{event.registered}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sitePages.length > 0 && (
        <section class="after-table" aria-labelledby="site-pages-title">
          <h2 id="site-pages-title">Pages of the site</h2>
          <ul>
            {sitePages.map(({ title, path }) => (
              <li key={path}>
                <a href={path}>{title}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </ConsoleLayout>
  );
}
