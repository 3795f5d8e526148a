import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { createShowStore, type ShowStart } from '../../islands/run-of-show/run-of-show.store.ts';
import { RunOfShow } from '../../islands/run-of-show/run-of-show.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface RunOfShowPageProps extends ShowStart {
  readonly event: ConsoleEvent;
}

export function RunOfShowPage({ event, ...start }: RunOfShowPageProps) {
  const store = createShowStore(start, () => false);
  return (
    <ConsoleLayout title="Run of show" section="live" event={event} page="show-page">
      <div data-island="run-of-show" data-props={JSON.stringify(start)}>
        <RunOfShow store={store} path={start.path} canDirect={start.canDirect} />
      </div>
    </ConsoleLayout>
  );
}
