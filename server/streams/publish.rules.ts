const hourMs = 3_600_000;
/** Before and after the days of the event. */
const grace = 12 * hourMs;

interface Dated {
  readonly status: 'draft' | 'published' | 'cancelled';
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly rehearsalOf?: string | null;
}

/** When pictures may come: from noon before the event's first day to noon after its last, on the event's clock. */
export function publishingTimes(event: Dated): { readonly from: Date; readonly to: Date } {
  const from = event.startsAt.getTime() - timeOfDayMs(event.startsAtLocal) - grace;
  const to = event.endsAt.getTime() - timeOfDayMs(event.endsAtLocal) + 24 * hourMs + grace;
  return { from: new Date(from), to: new Date(to) };
}

/** Why nobody may publish to an event now, for the encoder's own screen; null: they may. */
export function findPublishingObstacle(event: Dated, now: Date): string | null {
  if (event.status === 'cancelled') return 'This event is cancelled, so nothing can be shown.';
  if (event.rehearsalOf) return null;
  const { from, to } = publishingTimes(event);
  if (now < from)
    return 'It is too early: this key works from noon of the day before the event. Use a rehearsal to try it.';
  return now > to ? 'This event is over. Its key works no more.' : null;
}

/** Of a wall time, `2027-03-16T09:30`. */
function timeOfDayMs(local: string): number {
  const [hours = 0, minutes = 0] = local.slice(11).split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
