import { shortMoment } from './console-event.rules.ts';

interface Matter {
  readonly event: { readonly zone: string; readonly status: string };
  readonly sessions: readonly {
    readonly title: string;
    readonly speakerIds: readonly string[];
    readonly moderatorIds: readonly string[];
  }[];
  readonly invites: readonly { readonly speakerId: string; readonly changedAt: Date }[];
}

/** What somebody does at one event, and whether it stands in their calendar. */
export function speakerRow(speaker: { readonly _id: string; readonly email: string }, matter: Matter) {
  const { event, sessions, invites } = matter;
  const spoken = sessions.filter(({ speakerIds }) => speakerIds.includes(speaker._id));
  const led = sessions.filter(({ moderatorIds }) => moderatorIds.includes(speaker._id));
  const words = [...spoken.map(({ title }) => title), ...led.map(({ title }) => `leads ${title}`)];
  const own = invites.filter(({ speakerId }) => speakerId === speaker._id);
  const newest = Math.max(...own.map(({ changedAt }) => changedAt.getTime()));
  return {
    id: speaker._id,
    sessions: words.join('; '),
    invite:
      words.length === 0 || event.status === 'cancelled'
        ? null
        : speaker.email === ''
          ? { text: 'No email, so no invite', isMissing: true }
          : own.length > 0
            ? { text: `Invited ${shortMoment(new Date(newest), event.zone)}`, isMissing: false }
            : null,
  };
}
