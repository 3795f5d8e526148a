import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { createShowStore, type ShowStart } from '../../islands/run-of-show/run-of-show.store.ts';
import { RunOfShow } from '../../islands/run-of-show/run-of-show.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface RunOfShowPageProps extends ShowStart {
  readonly event: ConsoleEvent;
}

export function RunOfShowPage({ event, ...start }: RunOfShowPageProps) {
  const isOn = event.state === 'live' || event.state === 'starting-soon';
  const store = createShowStore(start, () => false);
  return (
    <ConsoleLayout
      title="Run of show"
      section="live"
      event={event}
      page="show-page"
      actions={
        isOn &&
        start.audience === 'moderators' && (
          <a class="button line" href={`${event.path}/messages/urgent`}>
            Send everyone an urgent message
          </a>
        )
      }
    >
      <div data-island="run-of-show" data-props={JSON.stringify(start)}>
        <RunOfShow store={store} path={start.path} canDirect={start.canDirect} />
      </div>
    </ConsoleLayout>
  );
}
