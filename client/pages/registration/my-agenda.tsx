import type { ComponentChildren } from 'preact';
import type { Dateline } from '../../../server/contracts/dateline.ts';
import type { MyAgenda, MyAgendaItem } from '../../../server/contracts/my-agenda.ts';
import { BackLink } from '../../components/back-link.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreLink } from '../../components/more-link.tsx';
import { StarButton, StarStatus } from '../../components/star-button.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface MyAgendaPageProps {
  registrationId: string;
  event: { slug: string; title: string; dateline: Dateline };
  agenda: MyAgenda;
}

export function MyAgendaPage({ registrationId, event, agenda }: MyAgendaPageProps) {
  const eventPath = `/events/${event.slug}`;
  const path = `/registrations/${registrationId}`;
  return (
    <PublicLayout title={`My agenda: ${event.title}`} hidden page="wrap my-agenda">
      <BackLink href={eventPath} text={event.title} />
      <div data-enhance="agenda-times" data-zone={agenda.timeZone} data-zone-label={agenda.zone}>
        <header class="page-title">
          <h1>My agenda</h1>
          <p class="lede">
            {event.dateline.date}. <span class="zone-note">All times are {agenda.zone}.</span>
          </p>
          <StarStatus />
        </header>
        {agenda.items.length > 0 ? (
          <>
            <div class="timeline stages-1">
              <ol class="plain">
                {agenda.items.map((item) => (
                  <Item
                    key={`${item.kind} ${item.startsAt} ${item.kind === 'free' ? '' : item.id}`}
                    {...item}
                  >
                    {item.kind === 'free' ? (
                      <Free item={item} agendaPath={`${eventPath}#agenda`} />
                    ) : item.kind === 'break' ? (
                      <p class="interval">
                        <Icon name="cup" />
                        <strong>{item.title}</strong>
                      </p>
                    ) : (
                      <Chosen item={item} action={`${path}/stars`} />
                    )}
                  </Item>
                ))}
              </ol>
            </div>
            <p class="agenda-foot">
              <MoreLink href={`${path}/agenda.ics`} icon="calendar">
                Download my sessions (.ics)
              </MoreLink>
              <MoreLink href="/account/calendar">A calendar that keeps up with my choice</MoreLink>
            </p>
          </>
        ) : (
          <p class="empty">
            You have not chosen any sessions yet. Press the star beside a session in{' '}
            <a href={`${eventPath}#agenda`}>the agenda</a>; your place is for all of them either way.
          </p>
        )}
      </div>
    </PublicLayout>
  );
}

type ItemProps = MyAgendaItem & { children: ComponentChildren };

function Item({ kind, day, startsAt, time, children }: ItemProps) {
  return (
    <li class={kind === 'session' ? 'slot' : 'slot pause'}>
      {day && <p class="slot-day">{day}</p>}
      <p class="when">
        <time class="num" datetime={startsAt}>
          {time}
        </time>
      </p>
      {children}
    </li>
  );
}

function Free({ item, agendaPath }: { item: MyAgendaItem & { kind: 'free' }; agendaPath: string }) {
  return (
    <p class="interval">
      <span>
        Nothing chosen until <span class="num">{item.until}</span>.{' '}
        <a href={agendaPath}>
          {item.sessionCount === 1 ? 'One session is on' : `${item.sessionCount} sessions are on`}
        </a>
      </span>
    </p>
  );
}

function Chosen({ item, action }: { item: MyAgendaItem & { kind: 'session' }; action: string }) {
  return (
    <article class={`session on-all ${item.isCancelled ? 'state-cancelled' : ''}`} id={`session-${item.id}`}>
      <p class="kind">
        <span>
          until <span class="num">{item.until}</span>
        </span>
        {item.stage && <span>{item.stage}</span>}
        {item.isCancelled && <strong>Cancelled</strong>}
      </p>
      <h2>{item.title}</h2>
      {item.clashes.length > 0 && (
        <p class="clash">
          <Icon name="warning" />
          <span>
            Also at this time:{' '}
            {item.clashes.map((title, index) => (
              <span key={title}>
                {index > 0 && ', '}
                <strong>{title}</strong>
              </span>
            ))}
          </span>
        </p>
      )}
      <StarButton stars={{ action, from: 'agenda', sessionIds: [item.id] }} session={item} />
    </article>
  );
}
