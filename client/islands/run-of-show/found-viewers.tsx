import { timeOfDay } from '../live-room/live-words.ts';
import { ActButton } from './act-button.tsx';
import type { Search } from './people-panel.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import {
  askToBan,
  canBeSilenced,
  freeAgain,
  letBackIn,
  personInWords,
  roleInWords,
  timeOut,
} from './show-people.ts';

interface FoundViewersProps {
  search: Search;
  store: ShowStore;
  readonly onPage: (text: string, isHere: boolean, page: number) => Promise<void>;
  /** Somebody's rights were changed: what was found is asked for anew. */
  readonly onChanged: () => Promise<void>;
}

export function FoundViewers({ search, store, onPage, onChanged }: FoundViewersProps) {
  const { text, isHere, page, answer } = search;
  const { viewers, total } = answer;
  const { zone } = store.snapshot.value.event;
  return (
    <>
      <p role="status" class="small">
        {total === 0 ? 'Nobody was found.' : total === 1 ? '1 person' : `${total} people`}
        {total > viewers.length && `, page ${page}`}
      </p>
      <ul class="plain show-list">
        {viewers.map((viewer) => {
          const person = { id: viewer.participantId, name: viewer.name };
          const until = viewer.silencedUntil;
          return (
            <li key={viewer.participantId}>
              <p class="show-by">
                <b>{personInWords(viewer)}</b>
                {roleInWords(viewer.role) && ` · ${roleInWords(viewer.role)}`}
                {viewer.isHere ? ' · here now' : ' · not here now'}
                {viewer.isBanned && ' · banned'}
                {until && ` · may only read until ${timeOfDay(until, zone)}`}
              </p>
              {canBeSilenced(viewer) && (
                <p class="show-row">
                  {until ? (
                    <ActButton
                      store={store}
                      about={viewer.name}
                      onPress={() => freeAgain(store, person).then(onChanged)}
                    >
                      Free again
                    </ActButton>
                  ) : (
                    <ActButton
                      store={store}
                      about={`for ${viewer.name}`}
                      onPress={() => timeOut(store, person).then(onChanged)}
                    >
                      Time out 10 min
                    </ActButton>
                  )}
                  {viewer.isBanned ? (
                    <ActButton
                      store={store}
                      about={`for ${viewer.name}`}
                      onPress={() => letBackIn(store, person).then(onChanged)}
                    >
                      Lift the ban
                    </ActButton>
                  ) : (
                    <ActButton
                      store={store}
                      about={viewer.name}
                      look="danger"
                      onPress={() => askToBan(store, person)}
                    >
                      Ban…
                    </ActButton>
                  )}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {(page > 1 || total > viewers.length) && (
        <p class="show-row">
          {page > 1 && (
            <ActButton store={store} onPress={() => onPage(text, isHere, page - 1)}>
              Page before
            </ActButton>
          )}
          {viewers.length > 0 && total > viewers.length && (
            <ActButton store={store} onPress={() => onPage(text, isHere, page + 1)}>
              Next page
            </ActButton>
          )}
        </p>
      )}
    </>
  );
}
