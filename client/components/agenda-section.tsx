import type { Agenda } from '../../server/contracts/agenda.ts';
import type { ShownEventState } from '../../server/contracts/event-card.ts';
import { AgendaTimeline } from './agenda-timeline.tsx';
import { MoreLink } from './more-link.tsx';

interface AgendaSectionProps {
  agenda: Agenda;
  state: ShownEventState;
  icsPath: string;
}

export function AgendaSection({ agenda, state, icsPath }: AgendaSectionProps) {
  return (
    <section class="section agenda" id="agenda" aria-labelledby="agenda-title">
      <div class="wrap" data-enhance="agenda-times" data-zone={agenda.timeZone} data-zone-label={agenda.zone}>
        <header class="sec-head topline">
          <h2 id="agenda-title">Agenda</h2>
          <p class="zone-note">All times are {agenda.zone}.</p>
        </header>
        {agenda.slots.length > 0 ? (
          <>
            <AgendaTimeline agenda={agenda} />
            <p class="agenda-foot">
              <span>
                {state === 'ended' ? 'Ended' : 'Ends'} at <span class="num">{agenda.endTime}</span>{' '}
                {agenda.zone}
              </span>
              {state !== 'ended' && state !== 'cancelled' && (
                <MoreLink href={icsPath} icon="calendar">
                  Add to my calendar
                </MoreLink>
              )}
            </p>
          </>
        ) : (
          <p class="empty">The agenda is being put together. It appears here as soon as it is settled.</p>
        )}
      </div>
    </section>
  );
}
