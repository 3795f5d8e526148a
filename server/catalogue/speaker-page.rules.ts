import { renderMarkdown } from '../platform/markdown/render-markdown.ts';
import { datelineOf } from '../platform/time/show-time.ts';
import { wordOfKind, type SessionKind } from './session-words.rules.ts';

interface Appearing {
  readonly event: { readonly slug: string; readonly title: string; readonly zone: string };
  readonly session: {
    readonly title: string;
    readonly kind: SessionKind;
    readonly startsAt: Date;
    readonly endsAt: Date;
  };
  readonly replayPath?: string | null;
}

interface ShownSpeaker {
  readonly slug: string;
  readonly name: string;
  readonly pronouns: string;
  readonly jobTitle: string;
  readonly organisation: string;
  readonly biography: string;
}

/** A speaker's own page; `appearances` in order of time. */
export function speakerPage(speaker: ShownSpeaker, appearances: readonly Appearing[], now: Date) {
  const shown = appearances.map(({ event, session, replayPath = null }) => ({
    isPast: session.endsAt <= now,
    eventTitle: event.title,
    eventPath: `/events/${event.slug}`,
    sessionTitle: session.title,
    kind: wordOfKind(session.kind),
    dateline: datelineOf({ ...session, zone: event.zone }),
    replayPath,
  }));
  return {
    slug: speaker.slug,
    name: speaker.name,
    pronouns: speaker.pronouns || null,
    jobTitle: speaker.jobTitle,
    organisation: speaker.organisation,
    bioHtml: renderMarkdown(speaker.biography, 3),
    portraitPath: null,
    links: [],
    coming: shown.filter(({ isPast }) => !isPast),
    past: shown.filter(({ isPast }) => isPast).reverse(),
  };
}
