import { signal, type ReadonlySignal } from '@preact/signals';
import type { LiveAck, LivePush } from '../../../server/contracts/live-events.ts';
import type { LiveAudience } from '../../../server/contracts/live-facts.ts';
import type { LiveAnswer, LiveMessage, LiveMessageName } from '../../../server/contracts/live-messages.ts';
import { createLiveStore, type LiveStart, type LiveStore } from '../live-room/live-room.store.ts';
import { tabNamed, type ShowTab } from './show-tab-names.ts';

export interface ShowStart extends LiveStart {
  /** `/console/events/<id>` */
  readonly path: string;
  /** Whose log this member reads. */
  readonly audience: LiveAudience;
  /** May press the buttons; others look on. */
  readonly canDirect: boolean;
  /** Why the last press changed nothing. */
  readonly notice: string | null;
  /** Which panel of the address; the first where it names none. */
  readonly tab: string | null;
  /** For a form that is sent without script: two presses are one announcement. */
  readonly formId: string;
  /** An announcement that was sent without script and not taken, as it was typed. */
  readonly typedAnnouncement: string;
  readonly viewers: number | null;
}

/** What asks first: says what it does and to how many, and does nothing until the button is pressed. */
export interface Confirmation {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  act(): void;
}

/** The payload of a message without the event, which the store knows. */
export type ShowMessage<K extends LiveMessageName> = Omit<LiveMessage<K>, 'eventId'>;

export type StreamsHealth = Pick<LivePush<'stream:health'>, 'streams' | 'watching'>;

export interface ShowStore extends LiveStore {
  /** Why the last act changed nothing. */
  readonly notice: ReadonlySignal<string | null>;
  /** What the last act did, for who cannot see it happen. */
  readonly done: ReadonlySignal<string | null>;
  readonly isConnected: ReadonlySignal<boolean>;
  readonly viewers: ReadonlySignal<number | null>;
  /** How the streams are; empty until the first second of it, and once nothing comes in. */
  readonly health: ReadonlySignal<StreamsHealth>;
  readonly tab: ReadonlySignal<ShowTab>;
  readonly confirmation: ReadonlySignal<Confirmation | null>;
  chooseTab(tab: ShowTab): void;
  hearViewers(count: number): void;
  hearHealth(health: StreamsHealth): void;
  confirm(confirmation: Confirmation | null): void;
  /**
   * Sends one act. Null when it was refused or no way to the server is open; `notice` then says why. `words` say
   * what happened when it did. Pressed again while it is on its way it does nothing; other acts go beside it.
   */
  act<K extends LiveMessageName>(
    name: K,
    message: ShowMessage<K>,
    words?: string,
  ): Promise<LiveAnswer<K> | null>;
  /** The id of a draft, the same until it is renewed: what is sent twice over a bad line is made once. */
  draftId(draft: string): string;
  renewDraft(draft: string): void;
}

/** What the store needs of its surroundings. */
export interface ShowOutside {
  /** False when no way to the server is open. */
  send<K extends LiveMessageName>(
    name: K,
    message: LiveMessage<K>,
    ack: (answer: LiveAck<LiveAnswer<K>>) => void,
  ): boolean;
  newId(): string;
}

const noWay =
  'There is no connection just now, so nothing was changed. Try again when the page says “Connected”.';
const unsure =
  'The connection dropped before the answer came. Look whether it happened before you press again.';

/** The live store of an organiser, and what became of the last act. */
export function createShowStore(start: ShowStart, outside: ShowOutside): ShowStore {
  const store = createLiveStore(start);
  const notice = signal(start.notice);
  const done = signal<string | null>(null);
  const isConnected = signal(false);
  const viewers = signal(start.viewers);
  const health = signal<StreamsHealth>({ streams: [], watching: [] });
  const tab = signal(tabNamed(start.tab));
  const confirmation = signal<Confirmation | null>(null);
  const drafts = new Map<string, string>();
  const underway = new Set<string>();
  /** Acts without an answer yet: an answer that was on its way when the line dropped never comes. */
  const waiting = new Set<(why: string) => void>();

  function send<K extends LiveMessageName>(
    name: K,
    message: ShowMessage<K>,
  ): Promise<LiveAck<LiveAnswer<K>>> {
    return new Promise((resolve) => {
      const refuse = (why: string) => {
        waiting.delete(refuse);
        resolve({ ok: false, code: 'unavailable', message: why });
      };
      waiting.add(refuse);
      const full = { ...message, eventId: store.snapshot.value.event.id } as unknown as LiveMessage<K>;
      const isSent = outside.send(name, full, (answer) => {
        waiting.delete(refuse);
        resolve(answer);
      });
      if (!isSent) refuse(noWay);
    });
  }

  const act: ShowStore['act'] = async (name, message, words) => {
    const key = keyOf(name, message);
    if (underway.has(key)) return null;
    underway.add(key);
    // What only reads, such as the search after a time-out, leaves standing what was said of the act before it.
    if (words !== undefined) done.value = null;
    const answer = await send(name, message);
    underway.delete(key);
    notice.value = answer.ok ? null : answer.message;
    if (!answer.ok) return null;
    // A press of the timeline is answered even where it moved nothing.
    if ('moved' in answer && answer.moved === false)
      notice.value = (answer as { message?: string }).message ?? null;
    else if (words !== undefined) done.value = words;
    return answer;
  };

  return {
    ...store,
    act,
    notice,
    done,
    isConnected,
    viewers,
    health,
    tab,
    confirmation,
    chooseTab: (chosen) => void (tab.value = chosen),
    hearViewers: (count) => void (viewers.value = count),
    hearHealth: (heard) => void (health.value = heard),
    confirm: (asked) => void (confirmation.value = asked),
    setConnection(connection) {
      store.setConnection(connection);
      isConnected.value = connection.kind === 'connected';
      if (isConnected.value) return;
      // Old figures would look like a stream that is well.
      health.value = { streams: [], watching: [] };
      for (const refuse of [...waiting]) refuse(unsure);
    },
    draftId(draft) {
      const id = drafts.get(draft) ?? outside.newId();
      drafts.set(draft, id);
      return id;
    },
    renewDraft: (draft) => void drafts.delete(draft),
  };
}

/** What one press asks for. Of a session, as of one revision, one move: the next is for what it has become. */
const keyOf = (name: string, message: object): string =>
  'sessionId' in message && 'revision' in message
    ? `${String(message.sessionId)} ${String(message.revision)}`
    : `${name} ${JSON.stringify(message)}`;
