import { Backstage } from '../../islands/backstage/backstage.tsx';
import { createBackstageStore, type BackstageStart } from '../../islands/backstage/backstage.store.ts';
import { askNobody } from '../../islands/live-room/ask-server.ts';
import { PublicLayout } from '../../layouts/public-layout.tsx';

/** The island takes it over; without script chat and answers are forms, and a link loads it again. */
export function BackstagePage(start: BackstageStart) {
  const store = createBackstageStore(start, { ask: askNobody, newId: () => '', later: () => undefined });
  return (
    <PublicLayout title={`Backstage: ${start.snapshot.event.title}`} hidden page="wrap backstage">
      <div data-island="backstage" data-props={JSON.stringify(start)}>
        <Backstage store={store} start={start} />
      </div>
    </PublicLayout>
  );
}
