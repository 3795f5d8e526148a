import type { Dateline } from '../../../server/contracts/dateline.ts';
import { Prose } from '../../components/prose.tsx';
import { Portrait } from '../../components/speaker-tile.tsx';
import { When } from '../../components/local-time.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';
import { useSite } from '../../layouts/site-context.ts';

export interface SpeakerPageProps {
  slug: string;
  name: string;
  pronouns: string | null;
  jobTitle: string;
  organisation: string;
  /** Markdown already rendered; '' when there is none. */
  bioHtml: string;
  portraitPath: string | null;
  links: readonly { label: string; href: string }[];
  coming: readonly Appearance[];
  past: readonly Appearance[];
}

export interface Appearance {
  readonly eventTitle: string;
  readonly eventPath: string;
  readonly sessionTitle: string;
  readonly kind: string;
  readonly dateline: Dateline;
  readonly replayPath: string | null;
}

export function SpeakerPage(speaker: SpeakerPageProps) {
  const site = useSite();
  const role = [speaker.jobTitle, speaker.organisation].filter(Boolean).join(', ');
  return (
    <PublicLayout
      title={speaker.name}
      description={`${speaker.name}, ${role}`}
      openGraphType="profile"
      picture={speaker.portraitPath}
      structuredData={{
        '@context': 'https://schema.org',
        '@type': 'Person',
        name: speaker.name,
        jobTitle: speaker.jobTitle,
        worksFor: { '@type': 'Organization', name: speaker.organisation },
        url: `${site.publicUrl}/speakers/${speaker.slug}`,
      }}
    >
      <div class="wrap speaker-page">
        <header class="speaker-head">
          <Portrait slug={speaker.slug} name={speaker.name} path={speaker.portraitPath} />
          <div>
            <h1>{speaker.name}</h1>
            <p class="lede">{role}</p>
            {speaker.pronouns && <p class="muted">{speaker.pronouns}</p>}
          </div>
        </header>
        <div class="speaker-body">
          {speaker.bioHtml && <Prose html={speaker.bioHtml} />}
          {speaker.links.length > 0 && (
            <ul class="plain speaker-links">
              {speaker.links.map((link) => (
                <li key={link.href}>
                  <a href={link.href} rel="nofollow">
                    {link.label}
                  </a>
                </li>
              ))}
            </ul>
          )}
          <Appearances id="coming" title="Speaking next" appearances={speaker.coming} />
          <Appearances id="past" title="Earlier" appearances={speaker.past} />
          {speaker.coming.length + speaker.past.length === 0 && (
            <p class="empty">
              No sessions yet. <a href="/events">See what’s on</a>
            </p>
          )}
        </div>
      </div>
    </PublicLayout>
  );
}

function Appearances(props: { id: string; title: string; appearances: readonly Appearance[] }) {
  if (props.appearances.length === 0) return null;
  return (
    <section class="appearances" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      <ul class="plain">
        {props.appearances.map((appearance) => (
          <li key={appearance.eventPath + appearance.sessionTitle}>
            <p class="dateline">
              <When dateline={appearance.dateline} />
            </p>
            <h3>{appearance.sessionTitle}</h3>
            <p>
              {appearance.kind} at <a href={appearance.eventPath}>{appearance.eventTitle}</a>
            </p>
            {appearance.replayPath && (
              <p>
                <a href={appearance.replayPath}>
                  Watch the replay<span class="vh">: {appearance.sessionTitle}</span>
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
