import { signal } from '@preact/signals';
import { createBackstage } from '../../islands/studio/studio-backstage.store.ts';
import { createStudio, type StudioStart } from '../../islands/studio/studio.store.ts';
import { StudioView } from '../../islands/studio/studio.tsx';

const whileRendering = () => Promise.reject(new Error('Nothing is opened while rendering'));
const never = () => {
  throw new Error('Nobody is met while rendering');
};

/** The studio as it reads before its script runs. */
export function StudioIsland({ start }: { start: StudioStart }) {
  const studio = createStudio(start, {
    open: whileRendering,
    openScreen: whileRendering,
    close: () => undefined,
    listDevices: whileRendering,
    publish: whileRendering,
    askTicket: whileRendering,
    pause: whileRendering,
  });
  const backstage = createBackstage(start.role, {
    isShown: signal(false),
    prepare: () => false,
    enter: whileRendering,
    leave: never,
    newPeerId: never,
    send: never,
    later: never,
    openOffering: never,
    openAnswering: never,
  });
  return (
    <div data-island="studio" data-props={JSON.stringify(start)}>
      <StudioView studio={studio} backstage={backstage} start={start} />
    </div>
  );
}
