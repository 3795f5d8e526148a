const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const longDate = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortDate = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const zoneName = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', timeZoneName: 'short' });

/** Puts the reader's own time above the event's, on the cover of an event. Shown once when they are the same. */
export function showLocalDateline(element: HTMLElement): void {
  const { starts, ends, zone } = element.dataset;
  if (!starts || !ends || !zone) return;
  const start = new Date(starts);
  const end = new Date(ends);
  if (!differs(start, zone) && !differs(end, zone)) return;
  const list = element.querySelector('dl');
  const first = list?.querySelector('div');
  if (!list || !first) return;
  const own = first.cloneNode(true) as HTMLElement;
  set(own, 'dt', 'Your time');
  set(
    own,
    'dd',
    `${longDate.format(start)}, ${timeOfDay.format(start)} to ${endText(start, end)} ${zoneOf(start)}`,
  );
  set(first, 'dt', 'Event time');
  list.prepend(own);
}

/** The reader's own times large, the event's beneath, down the agenda. */
export function showLocalAgendaTimes(element: HTMLElement): void {
  const { zone, zoneLabel } = element.dataset;
  const times = [...element.querySelectorAll<HTMLTimeElement>('.when time')];
  const first = times[0];
  if (!zone || !first || !times.some((time) => differs(new Date(time.dateTime), zone))) return;
  let day = '';
  for (const time of times) {
    const at = new Date(time.dateTime);
    const beneath = document.createElement('span');
    beneath.className = 'event-time';
    beneath.textContent = `${time.textContent} ${zoneLabel ?? ''}`;
    time.textContent = timeOfDay.format(at);
    time.after(' ', beneath);
    // A reader far east or west meets another date on the way down the page.
    const date = shortDate.format(at);
    if (date !== day && day !== '') {
      const dated = document.createElement('span');
      dated.className = 'event-time';
      dated.textContent = date;
      beneath.before(dated, ' ');
    }
    day = date;
  }
  const note = element.querySelector('.zone-note');
  if (note)
    note.textContent = `Times are yours (${zoneOf(new Date(first.dateTime))}), with ${zoneLabel ?? ''} beneath.`;
}

/** "Tuesday 23 March 2027, 09:30 BST" where the reader is. */
export function showLocalMoment(element: HTMLElement): void {
  const at = new Date(element.getAttribute('datetime') ?? '');
  if (Number.isNaN(at.getTime())) return;
  element.textContent = `${longDate.format(at)}, ${timeOfDay.format(at)} ${zoneOf(at)}`;
}

function endText(start: Date, end: Date): string {
  const isSameDay = longDate.format(start) === longDate.format(end);
  return isSameDay ? timeOfDay.format(end) : `${shortDate.format(end)}, ${timeOfDay.format(end)}`;
}

function differs(at: Date, timeZone: string): boolean {
  const there = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const;
  return (
    at.toLocaleString('en-GB', there) !==
    at.toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' })
  );
}

function zoneOf(at: Date): string {
  return zoneName.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

function set(parent: HTMLElement, selector: string, text: string): void {
  const element = parent.querySelector(selector);
  if (element) element.textContent = text;
}
