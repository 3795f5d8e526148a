import { signal, type ReadonlySignal } from '@preact/signals';
import type { StageViewShown } from '../../../server/contracts/stage-view.ts';

export interface StageViewStart {
  readonly shown: StageViewShown;
  readonly itemPath: string;
}

export interface StageViewStore {
  readonly shown: ReadonlySignal<StageViewShown>;
  /** Asks what to show now. Resolves with false when the address is no longer good: asking again is of no use. */
  refresh(): Promise<boolean>;
}

/** One answer of the server; `shown` null when it is as it was under that tag. */
export type AskStageView = (
  path: string,
  tag: string | null,
) => Promise<{ readonly status: number; readonly tag: string | null; readonly shown: StageViewShown | null }>;

/** What the mixer shows. While the line is down it keeps what it has: an empty screen on air is worse than an old one. */
export function createStageViewStore(start: StageViewStart, ask: AskStageView): StageViewStore {
  const shown = signal(start.shown);
  let tag: string | null = null;
  return {
    shown,
    async refresh() {
      const answer = await ask(start.itemPath, tag).catch(() => null);
      if (!answer) return true;
      if (answer.status === 404) {
        shown.value = { kind: 'nothing' };
        return false;
      }
      if (answer.shown) {
        shown.value = answer.shown;
        tag = answer.tag;
      }
      return true;
    },
  };
}
