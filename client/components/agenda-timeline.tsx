import type { Agenda } from '../../server/contracts/agenda.ts';
import type { Stars } from '../../server/contracts/my-agenda.ts';
import { AgendaSlotRow } from './agenda-slot.tsx';

/** The day as a timeline, with a column for each stage where there is room. */
export function AgendaTimeline({ agenda, stars }: { agenda: Agenda; stars: Stars | null }) {
  const columns = Math.min(3, Math.max(1, agenda.stages.length));
  return (
    <div class={`timeline stages-${columns}`}>
      {columns > 1 && (
        <div class="stage-heads" aria-hidden="true">
          <span />
          {agenda.stages.map((stage) => (
            <span key={stage}>{stage}</span>
          ))}
        </div>
      )}
      <ol class="plain">
        {agenda.slots.map((slot) => (
          <AgendaSlotRow key={slot.startsAt} slot={slot} agenda={agenda} stars={stars} />
        ))}
      </ol>
    </div>
  );
}
