import { expect } from 'chai';
import { EventPage } from '../../../client/pages/public/event.tsx';
import { eventStates, upcoming } from '../../support/pages/event-details.ts';
import { readPage } from '../../support/pages/read-page.ts';

const read = (state: string) => {
  const detail = eventStates[state];
  if (!detail) throw new Error(`no such state: ${state}`);
  return readPage(<EventPage {...detail} />, { path: `/events/${detail.slug}` });
};
const registerLink = `/events/${upcoming.slug}/register`;

describe('the page of an event', () => {
  it('offers registration, says when it is with its zone, and how many places are left', () => {
    const page = read('upcoming');
    expect(page.links).to.include(registerLink);
    expect(page.text).to.include('Tuesday 23 March 2027, 09:30 to 16:15 GMT');
    expect(page.text).to.include('162 of 600 places left');
    expect(page.text).to.include('Register free');
  });

  for (const [state, words] of [
    ['sold-out', 'Sold out'],
    ['closed', 'Registration is closed'],
    ['not-yet-open', 'Opens Monday 15 March 2027, 09:00 GMT'],
    ['cancelled', 'This event is cancelled. The venue’s studio was flooded.'],
    ['draft', 'Only you and your colleagues can see this page.'],
    ['ended', 'This event is over'],
  ] as const) {
    it(`when ${state}, says so and offers no registration`, () => {
      const page = read(state);
      expect(page.text).to.include(words);
      expect(page.links).not.to.include(registerLink);
    });
  }

  it('while live, says what is on each stage, how long it goes on, and what is next', () => {
    const page = read('live');
    expect(page.text).to.include('Live now');
    expect(page.text).to.include('Main stage 13 min left Eleven leisure centres, one heat network');
    expect(page.text).to.include('Next, at 11:45: “Show me year nine”');
    expect(page.tags('li').filter((tag) => tag.includes('aria-current="time"'))).to.have.length(1);
  });

  it('leads a person who has a place to it, not to the form', () => {
    const page = read('with-own-place');
    expect(page.links).to.include('/registrations/r1').and.not.include(registerLink);
  });

  it('keeps a cancelled session in sight, marked as cancelled, and says which one starts late', () => {
    const page = read('live');
    expect(page.text).to.match(/Cancelled From 40 electric vans/);
    expect(page.text).to.include('Starts late, about 11:55');
  });

  it('offers every replay after the end, and none for breaks', () => {
    const page = read('ended');
    expect(page.links.filter((href) => href.startsWith('/r/'))).to.have.length(6);
  });

  it('tells search engines that it is online, free and when', () => {
    const data = read('upcoming').structuredData() as Record<string, unknown>;
    expect(data).to.include({
      '@type': 'Event',
      startDate: '2027-03-23T09:30:00.000Z',
      isAccessibleForFree: true,
    });
    expect(data.location).to.deep.equal({
      '@type': 'VirtualLocation',
      url: `https://events.example/events/${upcoming.slug}`,
    });
    expect((read('cancelled').structuredData() as Record<string, unknown>).eventStatus).to.equal(
      'https://schema.org/EventCancelled',
    );
  });

  it('hides a draft from search engines', () => {
    const page = read('draft');
    expect(page.html).to.include('<meta name="robots" content="noindex"');
    expect(page.html).not.to.include('og:title').and.not.include('application/ld+json');
  });

  it('shows hostile text as text, also inside its data for search engines', () => {
    const title = '</script><script>alert(1)</script> "q" & <b>';
    const page = readPage(<EventPage {...upcoming} title={title} summary={title} />);
    expect(page.html).not.to.include('<script>alert').and.not.include('<b>');
    expect((page.structuredData() as { name: string }).name).to.equal(title);
    expect(page.text).to.include(title);
  });
});
