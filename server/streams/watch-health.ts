import type { LiveMessage } from '../contracts/live-messages.ts';
import type { StreamHealth } from '../contracts/stream-health.ts';
import { logKey } from '../live-log/live-log.rules.ts';
import { newId } from '../platform/new-id.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';
import type { Realtime } from '../platform/realtime/start-realtime.ts';
import { onMeasured } from './tell-measured.ts';
import { watchedMs, watchingOf, type HeardReport, type Told } from './watching.rules.ts';

const everyMs = 1_000;
/** A media process tells once a second; what it last said is no news after this. */
const freshMs = 5_000;
/** A page may name any stage of its own making: more than these of one event are passed over. */
const mostStages = 50;
const mostLatencies = 200;

interface WatchedEvent {
  readonly streams: Map<string, { readonly health: StreamHealth; readonly at: number }>;
  heard: HeardReport[];
  /** What players of this process said since its last second. */
  readonly own: Map<string | null, { reports: number; stalls: number; latenciesMs: number[] }>;
}

export interface HealthWatch {
  report(report: LiveMessage<'picture:report'>): void;
  stop(): void;
}

/**
 * Tells an event's moderators once a second how its streams are and how they are watched, whichever process the media
 * process and the players spoke to. Nobody else hears of it, and it may be dropped.
 */
export function watchHealth(realtime: Pick<Realtime, 'broadcast'>): HealthWatch {
  const process = newId();
  const events = new Map<string, WatchedEvent>();
  const eventOf = (eventId: string): WatchedEvent => {
    let event = events.get(eventId);
    if (!event) events.set(eventId, (event = { streams: new Map(), heard: [], own: new Map() }));
    return event;
  };

  const tell = (eventId: string, event: WatchedEvent, now: number) => {
    for (const [stageId, sums] of event.own) {
      const told: Told = { stageId, ...sums };
      event.heard.push({ ...told, at: now });
      tellPeers('watching:reported', { ...told, eventId, process });
    }
    event.own.clear();
    event.heard = event.heard.filter(({ at }) => now - at <= watchedMs);
    for (const [streamId, { at }] of event.streams) if (now - at > freshMs) event.streams.delete(streamId);
    const streams = [...event.streams.values()].map(({ health }) => health);
    const push = { eventId, streams, watching: watchingOf(event.heard, now) };
    realtime.broadcast(logKey(eventId, 'moderators'), 'stream:health', push, 'may-drop');
    // The last push says that there is nothing any more.
    if (streams.length === 0 && event.heard.length === 0) events.delete(eventId);
  };
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [eventId, event] of events) tell(eventId, event, now);
  }, everyMs);
  timer.unref();

  const stops = [
    onMeasured((eventId, streams) => {
      const at = performance.now();
      for (const health of streams) eventOf(eventId).streams.set(health.streamId, { health, at });
    }),
    onPeerMessage('watching:reported', ({ eventId, process: peer, ...told }) => {
      if (peer !== process) eventOf(eventId).heard.push({ ...told, at: performance.now() });
    }),
  ];
  return {
    report({ eventId, stageId, stalls, latencyMs }) {
      const { own } = eventOf(eventId);
      const sums = own.get(stageId) ?? { reports: 0, stalls: 0, latenciesMs: [] };
      if (!own.has(stageId) && own.size >= mostStages) return;
      own.set(stageId, sums);
      sums.reports += 1;
      sums.stalls += stalls;
      if (latencyMs !== null && sums.latenciesMs.length < mostLatencies) sums.latenciesMs.push(latencyMs);
    },
    stop() {
      clearInterval(timer);
      for (const stop of stops) stop();
    },
  };
}
