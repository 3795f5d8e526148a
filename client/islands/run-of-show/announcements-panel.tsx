import { useSignal } from '@preact/signals';
import { timeOfDay } from '../live-room/live-words.ts';
import { ActButton, typed } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';

const presets = [
  'We have lost the picture. We are on it, please stay.',
  'The sound is poor. We know, and we are fixing it.',
  'We are stopping for ten minutes.',
] as const;

interface AnnouncementsPanelProps {
  store: ShowStore;
  path: string;
  formId: string;
  typedText: string;
}

/** Every form here works without script too: an incident is no time to ask why a page does not answer. */
export function AnnouncementsPanel({ store, path, formId, typedText }: AnnouncementsPanelProps) {
  const text = useSignal(typedText);
  const isIncident = useSignal(false);
  const { announcements, event } = store.snapshot.value;
  const now = store.now.value;
  const shown = announcements.filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now);
  const viewers = store.viewers.value;
  const reach = viewers === null ? 'everybody who is here' : viewers === 1 ? '1 person' : `${viewers} people`;
  const stage = store.stageId.value && <input type="hidden" name="stage" value={store.stageId.value} />;
  return (
    <>
      <section aria-labelledby="shown-title">
        <h3 id="shown-title">
          Showing now <span class="muted">{shown.length}</span>
        </h3>
        {shown.length === 0 && <p class="muted small">Nothing stands above the room.</p>}
        <ul class="plain show-list">
          {[...shown].reverse().map(({ id, kind, text: words, at, expiresAt }) => (
            <li key={id}>
              <p class="show-words">{words}</p>
              <p class="show-by">
                {kind === 'incident' ? 'Incident, ' : 'Since '}
                <time dateTime={at}>{timeOfDay(at, event.zone)}</time>
                {expiresAt ? ` · until ${timeOfDay(expiresAt, event.zone)}` : ' · until you take it down'}
              </p>
              <form
                method="post"
                action={`${path}/run-of-show/take-down`}
                onSubmit={(submit) => {
                  if (!store.isConnected.value) return;
                  submit.preventDefault();
                  void store.act(
                    'announcement:withdraw',
                    { announcementId: id },
                    'Taken down for everybody.',
                  );
                }}
              >
                <input type="hidden" name="announcementId" value={id} />
                {stage}
                <button class="button line small" type="submit">
                  Take down<span class="vh"> “{words.slice(0, 60)}”</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
      <form
        method="post"
        action={`${path}/run-of-show/announce`}
        aria-labelledby="announce-title"
        onSubmit={(submit) => {
          if (!store.isConnected.value) return;
          submit.preventDefault();
          const field = typed(submit.currentTarget);
          void announce(store, field, reach).then((isDone) => isDone && (text.value = ''));
        }}
      >
        <h3 id="announce-title">Tell everybody</h3>
        <input type="hidden" name="clientId" value={formId} />
        {stage}
        <div class="field">
          <label for="announce-text">Announcement</label>
          <textarea
            id="announce-text"
            name="text"
            rows={2}
            maxLength={280}
            required
            value={text.value}
            onInput={(input) => (text.value = input.currentTarget.value)}
          />
        </div>
        <p class="show-row" role="group" aria-label="Something is wrong: words to start from">
          {presets.map((preset) => (
            <ActButton
              key={preset}
              store={store}
              onPress={() => {
                text.value = preset;
                isIncident.value = true;
              }}
            >
              {preset}
            </ActButton>
          ))}
        </p>
        <div class="show-fields">
          <div class="field">
            <label for="announce-kind">What it is</label>
            <select
              id="announce-kind"
              name="kind"
              value={isIncident.value ? 'incident' : 'notice'}
              onChange={(change) => (isIncident.value = change.currentTarget.value === 'incident')}
            >
              <option value="notice">A notice</option>
              <option value="incident">An incident: stays on top</option>
            </select>
          </div>
          <div class="field">
            <label for="announce-urgency">Read out</label>
            <select id="announce-urgency" name="urgency">
              <option value="polite">At the next pause</option>
              <option value="assertive" selected={isIncident.value}>
                At once
              </option>
            </select>
          </div>
          <div class="field">
            <label for="announce-expires">How long</label>
            <select id="announce-expires" name="expires">
              <option value="">Until I take it down</option>
              <option value="5">5 minutes</option>
              <option value="15">15 minutes</option>
              <option value="60">1 hour</option>
            </select>
          </div>
        </div>
        <button class="button small" type="submit">
          Show to {reach}
        </button>
      </form>
    </>
  );
}

async function announce(store: ShowStore, field: (name: string) => string, reach: string): Promise<boolean> {
  const minutes = Number(field('expires'));
  const answer = await store.act(
    'announcement:make',
    {
      clientId: store.draftId('announcement'),
      kind: field('kind') === 'incident' ? 'incident' : 'notice',
      urgency: field('urgency') === 'assertive' ? 'assertive' : 'polite',
      text: field('text'),
      expiresInMinutes: minutes > 0 ? minutes : null,
    },
    `Shown to ${reach}.`,
  );
  if (answer) store.renewDraft('announcement');
  return answer !== null;
}
