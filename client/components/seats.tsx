import type { Places } from '../../server/contracts/event-card.ts';
import { chamberRows } from './seat-rows.ts';

interface SeatsProps {
  places: Places;
  /** Seven rows of a cover, or four beside a form. */
  size?: 'cover' | 'small';
  /** Shows one seat as the reader's own. */
  withYours?: boolean;
}

/** The chamber: filled seats are taken, rings are free. The words beside it say the same. */
export function Seats({ places, size = 'cover', withYours = false }: SeatsProps) {
  const chamber = chamberRows(places, size);
  return (
    <svg class="seats" viewBox={chamber.viewBox} aria-hidden="true" focusable="false">
      {chamber.rows.map((row) => (
        <g key={row.radius}>
          {row.taken && (
            <path
              class="taken"
              d={row.taken.arc}
              pathLength={row.taken.length}
              stroke-dasharray="0 1"
              stroke-width={chamber.dot}
            />
          )}
          {row.free && (
            <>
              <path
                class="free"
                d={row.free.arc}
                pathLength={row.free.length}
                stroke-dasharray="0 1"
                stroke-width={chamber.dot}
              />
              <path
                class="hole"
                d={row.free.arc}
                pathLength={row.free.length}
                stroke-dasharray="0 1"
                stroke-width={chamber.dot - 3}
              />
            </>
          )}
        </g>
      ))}
      {withYours && <circle class="yours" cx={chamber.yours.x} cy={chamber.yours.y} r={chamber.dot * 0.6} />}
    </svg>
  );
}
