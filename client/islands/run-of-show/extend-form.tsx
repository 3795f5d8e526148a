import type { LiveSession } from '../../../server/contracts/live-snapshot.ts';
import { expectedEnd } from '../live-room/course-of-day.ts';
import { timeOfDay } from '../live-room/live-words.ts';
import type { ShowStore } from './run-of-show.store.ts';

const choices = [5, 10, 15] as const;

export function extendBy(store: ShowStore, session: LiveSession, minutes: number): void {
  const { id: sessionId, revision, title } = session;
  void store.act(
    'session:extend',
    { sessionId, minutes, revision },
    `“${title}” has ${minutes} minutes more.`,
  );
}

interface ExtendFormProps {
  session: LiveSession;
  store: ShowStore;
  path: string;
  canDirect: boolean;
}

/** More minutes for what is on air; each button says when the session then ends. */
export function ExtendForm({ session, store, path, canDirect }: ExtendFormProps) {
  const { zone } = store.snapshot.value.event;
  const endsAfter = (minutes: number) =>
    timeOfDay(new Date(expectedEnd(session) + minutes * 60_000).toISOString(), zone);
  return (
    <form
      class="show-extend"
      method="post"
      action={`${path}/run-of-show/extend`}
      onSubmit={(submit) => {
        if (!store.isConnected.value) return;
        submit.preventDefault();
        const pressed = (submit as SubmitEvent).submitter as HTMLButtonElement | null;
        if (pressed) extendBy(store, session, Number(pressed.value));
      }}
    >
      <input type="hidden" name="sessionId" value={session.id} />
      <input type="hidden" name="revision" value={session.revision} />
      {store.stageId.value && <input type="hidden" name="stage" value={store.stageId.value} />}
      <fieldset>
        <legend>Extend</legend>
        {choices.map((minutes) => (
          <button
            key={minutes}
            class="button line small"
            type="submit"
            name="minutes"
            value={minutes}
            disabled={!canDirect}
          >
            {minutes} min <span class="muted">to {endsAfter(minutes)}</span>
          </button>
        ))}
      </fieldset>
      <p class="hint">What follows keeps its planned time; viewers read how late it runs.</p>
    </form>
  );
}
