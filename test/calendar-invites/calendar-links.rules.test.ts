import { expect } from 'chai';
import { calendarLinks } from '../../server/calendar-invites/calendar-links.rules.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const event = {
  title: 'Learning & Development',
  summary: 'Who? Everybody, 100 %; free',
  url: 'https://events.example.org/events/learning',
  startsAt: new Date('2027-03-28T09:30:00Z'),
  endsAt: new Date('2027-03-28T16:15:00Z'),
};

describe('links that add an event to a calendar', () => {
  it('carry the instants, the title and the public address to each calendar', () => {
    const links = calendarLinks(event, 'https://events.example.org/events/learning.ics');
    const fields = (url: string) => Object.fromEntries(new URL(url).searchParams);
    expect(fields(links.google)).to.include({
      text: 'Learning & Development',
      dates: '20270328T093000Z/20270328T161500Z',
      location: event.url,
    });
    for (const link of [links.outlook, links.microsoft365])
      expect(fields(link)).to.include({
        subject: 'Learning & Development',
        startdt: '2027-03-28T09:30:00Z',
        enddt: '2027-03-28T16:15:00Z',
      });
    expect(fields(links.yahoo)).to.include({ st: '20270328T093000Z', et: '20270328T161500Z' });
    expect(links.ics).to.equal('https://events.example.org/events/learning.ics');
  });

  it('write spaces as %20, because calendars show a plus sign as it is', () => {
    const { google, outlook, yahoo } = calendarLinks(event, '/x.ics');
    for (const link of [google, outlook, yahoo]) expect(link).to.include('%20').and.not.to.include('+');
  });

  it('come back as they were typed, whatever was typed, and stay short', () => {
    for (const text of hostileTexts) {
      const links = calendarLinks({ ...event, title: text, summary: text.repeat(20) }, '/x.ics');
      const { searchParams } = new URL(links.google);
      expect(searchParams.get('text')).to.equal(text.toWellFormed());
      expect([...searchParams.keys()]).to.deep.equal(['action', 'text', 'dates', 'details', 'location']);
      expect([...searchParams.get('details')!].length).to.be.below(1_000);
    }
  });
});
