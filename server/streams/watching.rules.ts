import type { PeerMessage } from '../contracts/peer-messages.ts';
import type { WatchingHealth } from '../contracts/stream-health.ts';

/** How far back what players noticed is added up. */
export const watchedMs = 10_000;
/** Of one stage in one window: beyond it the middle does not move. */
const mostLatencies = 2_000;

export type Told = Omit<PeerMessage<'watching:reported'>, 'eventId' | 'process'>;

/** What players reported, with when it was heard, in ms of any one clock. */
export interface HeardReport extends Told {
  readonly at: number;
}

/** One line for each stage that somebody reported of within the window. */
export function watchingOf(heard: readonly HeardReport[], now: number): WatchingHealth[] {
  const recent = heard.filter(({ at }) => now - at <= watchedMs);
  const stageIds = [...new Set(recent.map(({ stageId }) => stageId))];
  return stageIds.map((stageId) => {
    const ofStage = recent.filter((report) => report.stageId === stageId);
    return {
      stageId,
      reports: sum(ofStage.map(({ reports }) => reports)),
      stalls: sum(ofStage.map(({ stalls }) => stalls)),
      latencyMs: middle(ofStage.flatMap(({ latenciesMs }) => latenciesMs).slice(0, mostLatencies)),
    };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function middle(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
