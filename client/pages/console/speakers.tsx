import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { SpeakerCard } from '../../../server/contracts/speaker-card.ts';
import { Notice } from '../../components/notice.tsx';
import { Portrait } from '../../components/speaker-tile.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleSpeakersPageProps {
  event: ConsoleEvent;
  speakers: readonly ConsoleSpeakerRow[];
  notice: string | null;
}

export interface ConsoleSpeakerRow extends SpeakerCard {
  readonly id: string;
  /** "Keynote; Panel on heat" */
  readonly sessions: string;
  /** "Invited 24 November, 09:05"; what is missing is a warning. null where there is nothing to say. */
  readonly invite: { readonly text: string; readonly isMissing: boolean } | null;
}

export function ConsoleSpeakersPage({ event, speakers, notice }: ConsoleSpeakersPageProps) {
  return (
    <ConsoleLayout
      title="Speakers"
      section="speakers"
      event={event}
      note={speakers.length === 1 ? 'One speaker' : `${speakers.length} speakers`}
      actions={
        <a class="button" href={`${event.path}/speakers/new`}>
          Add a speaker
        </a>
      }
    >
      {notice && <Notice kind="good">{notice}</Notice>}
      {speakers.length === 0 ? (
        <p class="empty">No speakers yet. Add one here, then give them a session.</p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Speaker</th>
              <th scope="col">Organisation</th>
              <th scope="col">Sessions</th>
            </tr>
          </thead>
          <tbody>
            {speakers.map((speaker) => (
              <tr key={speaker.id}>
                <th scope="row" class="with-face">
                  <Portrait slug={speaker.slug} name={speaker.name} path={speaker.portraitPath} />
                  <span>
                    <a href={`${event.path}/speakers/${speaker.id}`}>{speaker.name}</a>
                    <small>{speaker.jobTitle}</small>
                  </span>
                </th>
                <td>{speaker.organisation}</td>
                <td>
                  {speaker.sessions || 'Not at this event'}
                  {speaker.invite && (
                    <small class={speaker.invite.isMissing ? 'warn' : undefined}>{speaker.invite.text}</small>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ConsoleLayout>
  );
}
