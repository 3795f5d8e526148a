import { Document } from '../../layouts/document.tsx';
import { useSite } from '../../layouts/site-context.ts';
import { createLiveStore } from '../../islands/live-room/live-room.store.ts';
import { LiveRoom, type LiveRoomProps } from '../../islands/live-room/live-room.tsx';
import { createTakePart, printedSurroundings } from '../../islands/live-room/take-part.store.ts';

export type LiveRoomPageProps = Omit<LiveRoomProps, 'siteName'>;

/**
 * The live room as it is now. The island takes it over; without script a link loads it again: a page that does so by
 * itself takes the place away from whoever is reading (WCAG 2.2.1).
 */
export function LiveRoomPage(start: LiveRoomPageProps) {
  const site = useSite();
  const { event } = start.snapshot;
  const live = createLiveStore(start);
  const part = createTakePart(live, start.part, printedSurroundings);
  return (
    <Document title={`${event.title}, live`} hidden bodyClass="room">
      <div data-island="live-room" data-props={JSON.stringify({ ...start, siteName: site.name })}>
        <LiveRoom live={live} part={part} siteName={site.name} />
      </div>
    </Document>
  );
}
