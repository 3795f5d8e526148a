import type { StageViewBackground, StageViewShown } from '../../../server/contracts/stage-view.ts';
import { createStageViewStore } from '../../islands/stage-view/stage-view.store.ts';
import { StageView } from '../../islands/stage-view/stage-view.tsx';
import { Document } from '../../layouts/document.tsx';

export interface StageViewPageProps {
  readonly title: string;
  readonly shown: StageViewShown;
  readonly background: StageViewBackground;
  readonly itemPath: string;
}

/** The whole screen for the words: nothing of the site is around them. Without script it reads anew by reloading. */
export function StageViewPage({ title, background, shown, itemPath }: StageViewPageProps) {
  const start = { shown, itemPath };
  const store = createStageViewStore(start, () => Promise.reject(new Error('No network while rendering')));
  return (
    <Document title={`On stage, ${title}`} hidden bodyClass={`stage-view on-${background}`}>
      <main id="main" tabIndex={-1}>
        <h1 class="vh">On stage: {title}</h1>
        <div data-island="stage-view" data-props={JSON.stringify(start)}>
          <StageView store={store} />
        </div>
      </main>
    </Document>
  );
}
