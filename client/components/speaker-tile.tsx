import type { SpeakerCard } from '../../server/contracts/speaker-card.ts';
import { Plate } from './plate.tsx';

export function SpeakerTile({ speaker, lead = false }: { speaker: SpeakerCard; lead?: boolean }) {
  return (
    <li class={lead ? 'speaker lead-speaker' : 'speaker'}>
      <Portrait slug={speaker.slug} name={speaker.name} path={speaker.portraitPath} />
      <div>
        <h3>
          <a href={`/speakers/${speaker.slug}`}>{speaker.name}</a>
        </h3>
        <p>{[speaker.jobTitle, speaker.organisation].filter(Boolean).join(', ')}</p>
        {lead && speaker.note && <p class="bio">{speaker.note}</p>}
      </div>
    </li>
  );
}

/** Decorative: the name stands beside it. */
export function Portrait({ slug, name, path }: { slug: string; name: string; path: string | null }) {
  if (!path) return <Plate seed={slug} shape="portrait" name={name} />;
  return <img class="portrait" src={path} alt="" width="240" height="288" loading="lazy" decoding="async" />;
}
