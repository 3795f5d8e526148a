import type { Dateline } from '../../server/contracts/dateline.ts';
import type { Places } from '../../server/contracts/event-card.ts';
import { Facts } from './facts.tsx';
import { When } from './local-time.tsx';
import { placesOfText } from './places-text.ts';
import { Seats } from './seats.tsx';

interface PlaceAsideProps {
  event: { title: string; dateline: Dateline; price: string; places: Places };
}

/** The place a person is about to take, beside the form. */
export function PlaceAside({ event }: PlaceAsideProps) {
  return (
    <aside class="place" aria-labelledby="place-title">
      <div class="plate deep place-plate">
        <Seats places={event.places} size="small" />
      </div>
      <h2 id="place-title">{event.title}</h2>
      <Facts
        look="place-facts"
        facts={[
          { term: 'When', value: <When dateline={event.dateline} /> },
          { term: 'Where', value: 'Online, in your browser' },
          { term: 'Price', value: event.price },
          { term: 'Places', value: placesOfText(event.places) },
        ]}
      />
    </aside>
  );
}
