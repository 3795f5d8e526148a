import type { JoinAnswer } from '../../../server/contracts/live-messages.ts';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type { NumberedFact } from '../../../server/contracts/live-facts.ts';
import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { applyFact } from '../../../client/islands/live-room/apply-fact.ts';
import type { LiveClientSocket } from '../../../client/islands/live-room/live-connection.ts';
import { resumeFrom } from '../../../server/live-log/live-log.rules.ts';

const session = (id: string, from: string, to: string, rest: Partial<LiveSession> = {}): LiveSession => ({
  id,
  title: `Session ${id}`,
  kind: 'talk',
  isBreak: false,
  stageId: 'main',
  startsAt: `2026-11-24T${from}:00.000Z`,
  endsAt: `2026-11-24T${to}:00.000Z`,
  speakers: [],
  speakerIds: [],
  resources: [],
  isAutomatic: false,
  state: 'scheduled',
  wentLiveAt: null,
  pausedAt: null,
  endedAt: null,
  revision: 1,
  ...rest,
});

/** A day from 09:30 to 12:00: two talks with a break between them. */
export const daySnapshot = (changes: { [id: string]: Partial<LiveSession> } = {}): LiveSnapshot => ({
  event: {
    id: 'e',
    slug: 'day',
    title: 'The day',
    status: 'published',
    cancellationReason: null,
    isRehearsal: false,
    zone: 'Europe/London',
    startsAt: '2026-11-24T09:30:00.000Z',
    endsAt: '2026-11-24T12:00:00.000Z',
    stages: [{ id: 'main', name: 'Main stage' }],
  },
  sessions: [
    session('a', '09:30', '10:15', changes.a),
    session('b', '10:15', '10:30', { isBreak: true, kind: 'break', title: 'Coffee', stageId: null }),
    session('c', '10:30', '11:15', changes.c),
  ],
  room: {
    isChatOpen: true,
    slowModeSeconds: 0,
    areQuestionsOpen: true,
    areQuestionsModerated: true,
    allowsAnonymousQuestions: true,
    areReactionsOn: true,
    allowsHandRaise: false,
    stageView: null,
    revision: 0,
  },
  pictures: [],
  announcements: [],
  chat: [],
  questions: [],
  polls: [],
  reports: [],
  hands: [],
  silenced: [],
});

/** A log that answers joins by the server's own rules. */
export class FakeServer {
  facts: NumberedFact[] = [];
  snapshot = daySnapshot();

  append(state: LiveSession['state']): NumberedFact {
    const [first] = this.snapshot.sessions;
    if (!first) throw new Error('No session');
    const { id, wentLiveAt, pausedAt, endedAt, revision } = first;
    const fact: NumberedFact = {
      seq: this.facts.length + 1,
      at: '2026-11-24T09:30:00.000Z',
      fact: {
        name: 'session:moved',
        session: { id, state, wentLiveAt, pausedAt, endedAt, revision: revision + 1 },
      },
    };
    this.snapshot = applyFact(this.snapshot, fact.fact);
    this.facts.push(fact);
    return fact;
  }

  join(lastSeq: number | null): JoinAnswer {
    const seq = this.facts.length;
    const isWhole = lastSeq === null || resumeFrom(lastSeq, seq) === 'snapshot';
    if (!isWhole) return { kind: 'facts', seq, now: 0, facts: this.facts.slice(lastSeq) };
    return { kind: 'snapshot', seq, now: 0, snapshotSeq: seq, snapshot: this.snapshot, facts: [] };
  }
}

/** A line that the test holds in its hand: nothing arrives, drops or comes back unless it says so. */
export class FakeSocket {
  connected = false;
  wantsToConnect = false;
  readonly asked: { lastSeq: number | null }[] = [];
  readonly #listeners = new Map<string, ((...parts: never[]) => void)[]>();
  #arriving: (() => void)[] = [];

  constructor(readonly server: FakeServer) {}

  asClient(): LiveClientSocket {
    return this as unknown as LiveClientSocket;
  }
  on(name: string, listener: (...parts: never[]) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }
  emit(_name: string, message: { lastSeq: number | null }, ack: (answer: LiveAck<JoinAnswer>) => void): void {
    this.asked.push(message);
    const answer = { ok: true, ...this.server.join(message.lastSeq) } as const;
    this.#arriving.push(() => ack(answer));
  }
  connect(): void {
    this.wantsToConnect = true;
  }
  disconnect(): void {
    this.wantsToConnect = false;
    if (this.connected) this.drop('io client disconnect');
  }

  fire(name: string, ...parts: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(parts as never[]));
  }
  accept(): void {
    if (this.connected || !this.wantsToConnect) return;
    this.connected = true;
    this.fire('connect');
  }
  drop(reason = 'transport close'): void {
    if (!this.connected) return;
    this.connected = false;
    this.#arriving = [];
    this.fire('disconnect', reason);
  }
  push(...facts: NumberedFact[]): void {
    if (this.connected)
      this.#arriving.push(() => this.fire('live:facts', { eventId: 'e', audience: 'viewers', facts }));
  }
  /** Lets the oldest thing that is on its way arrive; false when there is none. */
  deliver(): boolean {
    const next = this.#arriving.shift();
    next?.();
    return next !== undefined;
  }
  reorder(): void {
    this.#arriving.reverse();
  }
}
