import { expect } from 'chai';
import {
  datelineOf,
  showCalendarDay,
  showMoment,
  showZone,
} from '../../../server/platform/time/show-time.ts';

describe('show-time', () => {
  it('writes a day as people read it, in 24-hour time with its zone', () => {
    const dateline = datelineOf({
      startsAt: new Date('2027-03-23T09:30:00Z'),
      endsAt: new Date('2027-03-23T16:15:00Z'),
      zone: 'Europe/London',
    });
    expect(dateline).to.include({
      date: 'Tuesday 23 March 2027',
      times: '09:30 to 16:15',
      zone: 'GMT',
      timeZone: 'Europe/London',
      startsAt: '2027-03-23T09:30:00.000Z',
    });
  });

  it('names the second day of an event that ends on another', () => {
    const dateline = datelineOf({
      startsAt: new Date('2027-03-23T09:30:00Z'),
      endsAt: new Date('2027-03-24T16:15:00Z'),
      zone: 'Europe/London',
    });
    expect(dateline.times).to.equal('09:30 to 16:15 on Wednesday 24 March 2027');
  });

  it('follows summer time, and midnight is 00:00', () => {
    expect(showMoment(new Date('2027-06-30T23:00:00Z'), 'Europe/London')).to.equal(
      'Thursday 1 July 2027, 00:00 BST',
    );
    expect(showZone(new Date('2027-06-30T23:00:00Z'), 'Europe/Brussels')).to.equal('CEST');
  });

  it('gives a calendar its day in the zone of the event, not of the server', () => {
    expect(showCalendarDay(new Date('2027-03-22T23:30:00Z'), 'Europe/Brussels')).to.deep.equal({
      day: '23',
      weekday: 'Tue',
    });
  });
});
