import { h, hydrate } from 'preact';
import type { StageViewShown } from '../../../server/contracts/stage-view.ts';
import { createStageViewStore, type StageViewStart } from './stage-view.store.ts';
import { StageView } from './stage-view.tsx';

const everyMs = 1_000;

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as StageViewStart;
  const store = createStageViewStore(start, async (path, tag) => {
    const response = await fetch(path, { headers: tag ? { 'if-none-match': tag } : {} });
    const shown = response.status === 200 ? ((await response.json()) as StageViewShown) : null;
    return { status: response.status, tag: response.headers.get('etag'), shown };
  });
  hydrate(h(StageView, { store }), element);
  // The next question goes out when the last was answered: a slow server is not asked faster than it can answer.
  const again = async () => {
    if (await store.refresh()) setTimeout(() => void again(), everyMs);
  };
  void again();
}
