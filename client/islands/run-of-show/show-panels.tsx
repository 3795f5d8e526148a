import { useEffect, useRef } from 'preact/hooks';
import { AnnouncementsPanel } from './announcements-panel.tsx';
import { ChatPanel } from './chat-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PollsPanel } from './polls-panel.tsx';
import { QuestionsPanel } from './questions-panel.tsx';
import { RoomPanel } from './room-panel.tsx';
import type { ShowStart, ShowStore } from './run-of-show.store.ts';
import { showTabs, type ShowTab } from './show-tab-names.ts';

/** What is done besides the timeline. Tabs are links, so that they open without script; with it arrow keys move. */
export function ShowPanels({ store, start }: { store: ShowStore; start: ShowStart }) {
  const panel = useRef<HTMLDivElement>(null);
  const tab = store.tab.value;
  const hasScript = store.connection.value.kind !== 'still';
  useKeptFocus(panel, store);
  return (
    <section class="show-panels" aria-label="Moderating">
      <div class="show-tabs" role="tablist" aria-label="Panels">
        {showTabs.map(({ id, name }) => (
          <a
            key={id}
            id={`tab-${id}`}
            role="tab"
            href={`?tab=${id}${store.stageId.value ? `&stage=${encodeURIComponent(store.stageId.value)}` : ''}`}
            aria-selected={id === tab}
            aria-controls="show-panel"
            onKeyDown={(event) => moveByArrow(event, store)}
            tabIndex={hasScript && id !== tab ? -1 : 0}
            onClick={(click) => {
              click.preventDefault();
              store.chooseTab(id);
            }}
          >
            {name} {waitingIn(store, id) > 0 && <b class="show-count">{waitingIn(store, id)}</b>}
          </a>
        ))}
      </div>
      <div
        class="show-panel"
        id="show-panel"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
        tabIndex={-1}
        ref={panel}
      >
        <Panel tab={tab} store={store} start={start} />
      </div>
    </section>
  );
}

function Panel({ tab, store, start }: { tab: ShowTab; store: ShowStore; start: ShowStart }) {
  switch (tab) {
    case 'questions':
      return <QuestionsPanel store={store} />;
    case 'chat':
      return <ChatPanel store={store} />;
    case 'polls':
      return <PollsPanel store={store} />;
    case 'people':
      return <PeoplePanel store={store} />;
    case 'announcements':
      return (
        <AnnouncementsPanel
          store={store}
          path={start.path}
          formId={start.formId}
          typedText={start.typedAnnouncement}
        />
      );
    case 'room':
      return <RoomPanel store={store} />;
  }
}

/** How much in a panel waits for a moderator. */
function waitingIn(store: ShowStore, tab: ShowTab): number {
  const { questions, reports, hands } = store.snapshot.value;
  switch (tab) {
    case 'questions':
      return questions.filter(({ state }) => state === 'queue').length;
    case 'chat':
      return reports.length;
    case 'people':
      return hands.length;
    default:
      return 0;
  }
}

function moveByArrow(event: KeyboardEvent, store: ShowStore): void {
  const at = showTabs.findIndex(({ id }) => id === store.tab.value);
  const last = showTabs.length - 1;
  const to = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[event.key];
  const chosen = to === undefined ? undefined : showTabs[to];
  if (!chosen) return;
  event.preventDefault();
  store.chooseTab(chosen.id);
  const list = (event.currentTarget as HTMLElement).closest('[role=tablist]');
  list?.querySelector<HTMLElement>(`#tab-${chosen.id}`)?.focus();
}

/** A row that was acted on moves or goes, and with it the button that had the focus: it then stays in the panel. */
function useKeptFocus(panel: { readonly current: HTMLElement | null }, store: ShowStore): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const element = panel.current;
    const remember = (event: FocusEvent) => (last.current = event.target as Element);
    element?.addEventListener('focusin', remember);
    return () => element?.removeEventListener('focusin', remember);
  }, []);
  const { seq, tab } = store;
  useEffect(() => {
    if (!last.current || last.current.isConnected) return;
    last.current = null;
    const { activeElement, body } = panel.current?.ownerDocument ?? {};
    if (activeElement === body) panel.current?.focus();
  }, [seq.value, tab.value]);
}
