import type { StageMoment } from './course-of-day.ts';

interface DayLinksProps {
  kind: StageMoment['kind'];
  slug: string;
  attendancePath: string | null;
}

/** What there is to do before the day has begun, and after it has ended. */
export function DayLinks({ kind, slug, attendancePath }: DayLinksProps) {
  if (kind === 'before')
    return (
      <p class="room-day-links">
        While you wait: <a href={`/events/${slug}/check`}>check your connection, sound and captions</a>.
      </p>
    );
  if (kind !== 'ended') return null;
  return (
    <p class="room-day-links">
      Thank you for being here. <a href={`/events/${slug}/feedback`}>Tell us how it was</a> in a minute
      {attendancePath && (
        <>
          , or <a href={attendancePath}>see your own attendance</a>
        </>
      )}
      .
    </p>
  );
}
