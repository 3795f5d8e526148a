import { escape } from 'ical-generator';
import { calendarAddress, calendarName } from './calendar-text.rules.ts';

/** What differs between the invites of two people to one event, beside the join link. */
export const inviteSlotNames = ['uid', 'sequence', 'stamp', 'holderName', 'holderAddress'] as const;
type Slots = Readonly<Record<(typeof inviteSlotNames)[number], string>>;

/** The values, as they stand in a calendar. */
export const inviteSlots = (
  place: {
    readonly uid: string;
    readonly sequence: number;
    readonly holder: { readonly name: string; readonly address: string };
  },
  stamp: Date,
): Slots => ({
  uid: place.uid,
  sequence: String(place.sequence),
  stamp: `${stamp.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
  holderName: escape(calendarName(place.holder.name), true),
  holderAddress: escape(calendarAddress(place.holder.address), false),
});

/** Stands in for an address while a calendar is made, because a mark is none. */
const markedAddress = 'holder@mark.invalid';

/** The place to make a calendar for whose personal parts `withSlots` then finds. */
export const markedPlace = (mark: Slots) =>
  [{ name: mark.holderName, address: markedAddress }, mark.uid, 0] as const;

/** Puts the marks where a generator takes only numbers, instants and addresses. */
export const withSlots = (ics: string, mark: Slots): string =>
  ics
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => {
      if (line.startsWith('SEQUENCE:')) return `SEQUENCE:${mark.sequence}`;
      if (line.startsWith('DTSTAMP:')) return `DTSTAMP:${mark.stamp}`;
      if (line.startsWith('LAST-MODIFIED:')) return `LAST-MODIFIED:${mark.stamp}`;
      return line.startsWith('ATTENDEE;') ? line.replaceAll(markedAddress, mark.holderAddress) : line;
    })
    .join('\r\n');
