import type { Dateline, ShownTime } from '../../server/contracts/dateline.ts';

export function Moment({ time }: { time: ShownTime }) {
  return <time datetime={time.iso}>{time.text}</time>;
}

/** A moment that belongs to no event: in the reader's own time where a script can tell it. */
export function OwnMoment({ time }: { time: ShownTime }) {
  return (
    <time datetime={time.iso} data-enhance="moment">
      {time.text}
    </time>
  );
}

/** "Tuesday 23 March 2027, 09:30 to 16:15 GMT" */
export function When({ dateline }: { dateline: Dateline }) {
  return (
    <>
      <time datetime={dateline.startsAt}>{dateline.date}</time>,{' '}
      <span class="nowrap">
        {dateline.times} {dateline.zone}
      </span>
    </>
  );
}
