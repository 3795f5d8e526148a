import { useSignal } from '@preact/signals';
import type { LiveAnswer } from '../../../server/contracts/live-messages.ts';
import { timeOfDay } from '../live-room/live-words.ts';
import { ActButton, typed } from './act-button.tsx';
import { FoundViewers } from './found-viewers.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { freeAgain, letBackIn, personInWords } from './show-people.ts';

export interface Search {
  readonly text: string;
  readonly isHere: boolean;
  readonly page: number;
  readonly answer: LiveAnswer<'viewer:find'>;
}

/** Hands, who may not speak, and a search: the list of everybody here is never pushed to anybody. */
export function PeoplePanel({ store }: { store: ShowStore }) {
  const found = useSignal<Search | null>(null);
  const { hands, silenced, event } = store.snapshot.value;
  const now = store.now.value;
  const still = silenced.filter(
    ({ isBanned, until }) => isBanned || (until !== null && Date.parse(until) > now),
  );
  const find = async (text: string, isHere: boolean, page: number) => {
    const answer = await store.act('viewer:find', { text, isHere, page });
    if (answer) found.value = { text, isHere, page, answer };
  };
  const again = async () => {
    if (found.value) await find(found.value.text, found.value.isHere, found.value.page);
  };
  return (
    <>
      {hands.length > 0 && (
        <section aria-labelledby="hands-title">
          <h3 id="hands-title">
            Hands raised <span class="muted">{hands.length}</span>
          </h3>
          <ul class="plain show-list">
            {[...hands]
              .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
              .map(({ participant, at }) => (
                <li key={participant.id}>
                  <p class="show-by">
                    <b>{personInWords(participant)}</b>,{' '}
                    <time dateTime={at}>{timeOfDay(at, event.zone)}</time>
                  </p>
                  <p class="show-row">
                    <ActButton
                      store={store}
                      about={`the hand of ${participant.name}`}
                      onPress={() =>
                        store.act(
                          'hand:lower',
                          { participantId: participant.id },
                          `The hand of ${participant.name} is down.`,
                        )
                      }
                    >
                      Lower
                    </ActButton>
                  </p>
                </li>
              ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="find-title">
        <h3 id="find-title">Find somebody</h3>
        <form
          data-needs-script
          onSubmit={(submit) => {
            submit.preventDefault();
            const field = typed(submit.currentTarget);
            void find(field('text'), field('here') === 'on', 1);
          }}
        >
          <div class="field">
            <label for="find-text">Name or organisation</label>
            <input
              id="find-text"
              name="text"
              type="search"
              maxLength={80}
              autocomplete="off"
              aria-describedby="find-hint"
            />
            <p class="hint" id="find-hint">
              Leave it empty to list everybody.
            </p>
          </div>
          <p class="show-row">
            <label class="show-check">
              <input type="checkbox" name="here" defaultChecked /> Only who is here now
            </label>
            <button class="button small" type="submit" disabled={!store.isConnected.value}>
              Find
            </button>
          </p>
        </form>
        {found.value && <FoundViewers search={found.value} store={store} onPage={find} onChanged={again} />}
      </section>
      <section aria-labelledby="silenced-title">
        <h3 id="silenced-title">
          May not speak <span class="muted">{still.length}</span>
        </h3>
        {still.length === 0 && <p class="muted small">Everybody may write.</p>}
        <ul class="plain show-list">
          {still.map(({ participant, until, isBanned }) => (
            <li key={participant.id}>
              <p class="show-by">
                <b>{personInWords(participant)}</b>,{' '}
                {isBanned ? 'banned' : `may only read until ${timeOfDay(until ?? '', event.zone)}`}
              </p>
              <p class="show-row">
                <ActButton
                  store={store}
                  about={participant.name}
                  onPress={() => (isBanned ? letBackIn(store, participant) : freeAgain(store, participant))}
                >
                  {isBanned ? 'Lift the ban' : 'Free again'}
                </ActButton>
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
