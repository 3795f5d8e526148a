import ICAL from 'ical.js';

/** One calendar with one entry, read by the parser that Thunderbird uses. */
export function readInvite(ics: string | null) {
  const calendar = new ICAL.Component(ICAL.parse(ics ?? '') as unknown[]);
  const events = calendar.getAllSubcomponents('vevent');
  const [event] = events;
  if (!event || events.length !== 1) throw new Error(`${events.length} entries in one invite`);
  const value = (component: ICAL.Component, name: string) => String(component.getFirstPropertyValue(name));
  const attendees = event.getAllProperties('attendee');
  return {
    calendar,
    event,
    method: value(calendar, 'method'),
    uid: value(event, 'uid'),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    stamp: value(event, 'dtstamp'),
    start: value(event, 'dtstart'),
    end: value(event, 'dtend'),
    status: value(event, 'status'),
    title: value(event, 'summary'),
    description: value(event, 'description'),
    url: value(event, 'url'),
    location: value(event, 'location'),
    organiser: value(event, 'organizer'),
    organiserName: String(event.getFirstProperty('organizer')?.getFirstParameter('cn')),
    attendees: attendees.map((attendee) => ({
      address: String(attendee.getFirstValue()).toLowerCase(),
      name: String(attendee.getFirstParameter('cn')),
      rsvp: attendee.getFirstParameter('rsvp'),
      partstat: attendee.getFirstParameter('partstat'),
    })),
    alarms: event.getAllSubcomponents('valarm'),
  };
}
