import type { SpeakerCard } from '../../server/contracts/speaker-card.ts';
import { SpeakerTile } from './speaker-tile.tsx';

/** The first two stand larger when they have a note. */
export function EventSpeakers({ speakers }: { speakers: readonly SpeakerCard[] }) {
  const leads = speakers.length > 3 ? speakers.slice(0, 2).filter((speaker) => speaker.note) : [];
  const others = speakers.filter((speaker) => !leads.includes(speaker));
  return (
    <section class="section speakers" id="speakers" aria-labelledby="speakers-title">
      <div class="wrap">
        <header class="sec-head topline">
          <h2 id="speakers-title">Speakers</h2>
          <p>{speakers.length === 1 ? 'One person' : `${speakers.length} people`} who have done it.</p>
        </header>
        {leads.length > 0 && (
          <ul class="plain leads">
            {leads.map((speaker) => (
              <SpeakerTile key={speaker.slug} speaker={speaker} lead />
            ))}
          </ul>
        )}
        <ul class="plain faces">
          {others.map((speaker) => (
            <SpeakerTile key={speaker.slug} speaker={speaker} />
          ))}
        </ul>
      </div>
    </section>
  );
}
