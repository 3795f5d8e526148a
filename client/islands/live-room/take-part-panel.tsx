import { AgendaPanel } from './agenda-panel.tsx';
import { ChatPanel } from './chat-panel.tsx';
import type { LiveStore } from './live-room.store.ts';
import { PollsPanel } from './polls-panel.tsx';
import { QuestionsPanel } from './questions-panel.tsx';
import { panelTabs, type PanelTab, type TakePart } from './take-part.store.ts';

interface TakePartPanelProps {
  live: LiveStore;
  part: TakePart;
}

const names: Readonly<Record<PanelTab, string>> = {
  chat: 'Chat',
  questions: 'Questions',
  polls: 'Polls',
  agenda: 'Agenda',
};

/** One panel with tabs. Until the script runs the tabs are links to the page with that panel. */
export function TakePartPanel({ live, part }: TakePartPanelProps) {
  const tab = part.tab.value;
  const isRunning = part.isRunning.value;
  return (
    <section class="room-panel" id="panel" aria-label="Take part" tabIndex={-1}>
      <PanelTabs live={live} part={part} />
      <div
        key={tab}
        id={`panel-${tab}`}
        class="room-tab"
        role={isRunning ? 'tabpanel' : undefined}
        aria-labelledby={isRunning ? `tab-${tab}` : undefined}
      >
        {tab === 'chat' && <ChatPanel live={live} part={part} />}
        {tab === 'questions' && <QuestionsPanel live={live} part={part} />}
        {tab === 'polls' && <PollsPanel live={live} part={part} />}
        {tab === 'agenda' && <Agenda live={live} />}
      </div>
      <p class="vh" role="status">
        {part.questions.isMineAnswered.value && 'Your question is being answered.'}
      </p>
    </section>
  );
}

/** By itself, because the clock draws it anew. */
function Agenda({ live }: { live: LiveStore }) {
  return <AgendaPanel snapshot={live.snapshot.value} stageId={live.stageId.value} now={live.now.value} />;
}

function PanelTabs({ live, part }: TakePartPanelProps) {
  const isRunning = part.isRunning.value;
  const stage = live.stageId.value === null ? '' : `&stage=${encodeURIComponent(live.stageId.value)}`;
  const counts: Partial<Record<PanelTab, { count: number; words: string }>> = {
    chat: { count: part.tab.value === 'chat' ? 0 : part.readChat.unread.value, words: 'new' },
    questions: { count: part.questions.count.value, words: 'asked' },
    polls: { count: part.polls.open.value.length, words: 'open' },
  };
  const move = (key: KeyboardEvent, from: PanelTab) => {
    const at = panelTabs.indexOf(from);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: panelTabs.length - 1 }[key.key];
    const next = to === undefined ? undefined : panelTabs.at(to % panelTabs.length);
    if (!next || !isRunning) return;
    key.preventDefault();
    part.tab.value = next;
    const list = (key.currentTarget as HTMLElement).parentElement;
    list?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div class="room-tabs" role={isRunning ? 'tablist' : 'navigation'} aria-label="Take part">
      {panelTabs.map((tab) => {
        const isChosen = tab === part.tab.value;
        const { count = 0, words = '' } = counts[tab] ?? {};
        return (
          <a
            key={tab}
            id={`tab-${tab}`}
            href={`?tab=${tab}${stage}#panel`}
            role={isRunning ? 'tab' : undefined}
            aria-selected={isRunning ? (isChosen ? 'true' : 'false') : undefined}
            aria-current={!isRunning && isChosen ? 'page' : undefined}
            aria-controls={isRunning && isChosen ? `panel-${tab}` : undefined}
            tabIndex={isRunning && !isChosen ? -1 : undefined}
            onClick={(click) => {
              click.preventDefault();
              part.tab.value = tab;
            }}
            onKeyDown={(key) => {
              if (key.key !== ' ') return move(key, tab);
              key.preventDefault();
              part.tab.value = tab;
            }}
          >
            {names[tab]}{' '}
            {count > 0 && (
              <span class="room-count">
                {count} <span class="vh">{words}</span>
              </span>
            )}
          </a>
        );
      })}
    </div>
  );
}
