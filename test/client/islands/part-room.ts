import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type { LiveFact } from '../../../server/contracts/live-facts.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import type { Ask } from '../../../client/islands/live-room/ask-server.ts';
import { createLiveStore } from '../../../client/islands/live-room/live-room.store.ts';
import { printedPlayer } from '../../../client/player/player.store.ts';
import type { Renewed } from '../../../client/player/watch-path.ts';
import { createTakePart, type PartStart } from '../../../client/islands/live-room/take-part.store.ts';
import { busyRoom, meera } from '../../support/pages/live-room-fixture.ts';

type Answer = LiveAck<Record<string, unknown>> | null;

/** Lets promises that are settled run on. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A viewer's stores, with a server, a clock and timers that the test holds in its hand. */
export function openPart(changes: Partial<LiveSnapshot> = {}, start: Partial<PartStart> = {}) {
  const asked: { name: string; message: Record<string, unknown>; answer(answer: Answer): Promise<void> }[] =
    [];
  const timers: { work: () => void; at: number }[] = [];
  const began = Date.parse('2026-11-24T09:40:00.000Z');
  let [now, ids, seq] = [began, 0, 0];
  const live = createLiveStore({ snapshot: busyRoom(changes), seq, now, stageId: 'main' });
  live.tick(now);
  live.setConnection({ kind: 'connected' });
  const ask: Ask = (name, message) =>
    new Promise((resolve) => {
      if (live.connection.value.kind !== 'connected') return resolve(null);
      const answer = (given: Answer) => {
        resolve(given);
        return settled();
      };
      asked.push({ name, message: message, answer });
    });
  let alone: Renewed = 'unreachable';
  const later = (work: () => void, ms: number) => void timers.push({ work, at: now + ms });
  const part = createTakePart(
    live,
    {
      tab: 'chat',
      formId: 'form-id-1',
      mine: null,
      trouble: null,
      ticket: null,
      attendancePath: null,
      ...start,
    },
    {
      ask,
      now: () => now,
      later,
      random: () => 0.5,
      newId: () => `client-id-${(ids += 1)}`,
      hiddenNotices: [],
      picture: {
        player: { ...printedPlayer, now: () => now, later },
        fetchPath: () => Promise.resolve(alone),
      },
    },
  );
  return {
    live,
    part,
    asked,
    /** What the server answers over plain HTTP to who asks for a path. */
    answerAlone: (answer: Renewed) => void (alone = answer),
    /** Moves every clock on and does what was due. */
    pass: async (ms: number) => {
      now += ms;
      live.tick(now);
      for (const timer of timers.splice(0)) {
        if (timer.at <= now) timer.work();
        else timers.push(timer);
      }
      await settled();
    },
    hear: (...facts: LiveFact[]) => {
      live.receive(facts.map((fact) => ({ seq: (seq += 1), at: new Date(now).toISOString(), fact })));
    },
    said: (id: string, rest: Partial<ChatMessage> = {}): ChatMessage => ({
      id,
      channel: 'stage',
      stageId: 'main',
      author: { ...meera, id: 'somebody-else' },
      text: id,
      at: new Date(now).toISOString(),
      replyTo: null,
      mentions: [],
      reactions: {},
      isPinned: false,
      ...rest,
    }),
  };
}
