import { expect } from 'chai';
import { CancelEventPage } from '../../../client/pages/console/cancel-event.tsx';
import { MessagePage } from '../../../client/pages/development/message.tsx';
import { ProblemPage } from '../../../client/pages/problems/problem.tsx';
import { EventsPage } from '../../../client/pages/public/events.tsx';
import { HomePage } from '../../../client/pages/public/home.tsx';
import { CancelPage } from '../../../client/pages/registration/cancel.tsx';
import { SignInConfirmPage } from '../../../client/pages/registration/sign-in-confirm.tsx';
import { emptyForm } from '../../../server/contracts/form-state.ts';
import { consoleEvent } from '../../support/pages/console-pages.tsx';
import { eventsProps, homeProps, messageProps } from '../../support/pages/public-pages.tsx';
import { readPage } from '../../support/pages/read-page.ts';
import { organiser } from '../../support/pages/site.ts';

describe('home', () => {
  it('leads with what is live, then what is next, then the year, then what can be watched', () => {
    const { text } = readPage(<HomePage {...homeProps} />);
    const order = ['Live now', 'Public Sector Decarbonisation', 'The year ahead', 'Watch again'].map(
      (words) => text.indexOf(words),
    );
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    expect(Math.min(...order)).to.be.greaterThan(-1);
  });

  it('says in words what the chamber draws', () => {
    expect(readPage(<HomePage {...homeProps} />).text).to.include('162 of 600 places left.');
  });

  it('says so when nothing is planned', () => {
    const page = readPage(<HomePage {...homeProps} live={[]} next={null} months={[]} replays={[]} />);
    expect(page.text).to.include('No events are planned yet.').and.not.include('Watch again');
  });
});

describe('the calendar', () => {
  it('filters by plain GET, and shows what it is set to', () => {
    const page = readPage(
      <EventsPage {...eventsProps} filters={{ topic: 'net-zero', month: '2027-03', show: 'on-demand' }} />,
    );
    expect(page.tags('form')).to.have.length(1);
    expect(page.tags('form')[0]).to.include('method="get"');
    const checked = page.tags('input').filter((tag) => tag.includes('checked'));
    expect(checked.join()).to.include('value="net-zero"').and.include('value="on-demand"');
    expect(page.tags('option').find((tag) => tag.includes('selected'))).to.include('2027-03');
  });

  it('offers a way on when nothing matches', () => {
    const page = readPage(
      <EventsPage
        {...eventsProps}
        filters={{ topic: 'net-zero', month: '', show: 'coming' }}
        results={[]}
        count={0}
      />,
    );
    expect(page.text).to.include('Nothing matches all of that.');
    expect(page.links).to.include('/events');
  });
});

describe('pages that change something', () => {
  it('cancelling an event names how many people are told, on the button too', () => {
    const page = readPage(<CancelEventPage event={consoleEvent} peopleTouched={1438} form={emptyForm} />, {
      signedIn: organiser,
    });
    expect(page.text)
      .to.include('1,438 people who have a place are told')
      .and.include('Cancel the event and tell 1,438 people');
  });

  it('cancelling a place asks first, then says that it is done', () => {
    const event = { slug: 'e', title: 'Event', when: 'Tuesday', canRegisterAgain: true };
    const asking = readPage(<CancelPage registrationId="r1" event={event} isCancelled={false} />);
    expect(asking.tags('form')[0]).to.include('action="/registrations/r1/cancel"');
    const done = readPage(<CancelPage registrationId="r1" event={event} isCancelled />);
    expect(done.tags('form')).to.deep.equal([]);
    expect(done.text).to.include('Your place is cancelled');
  });

  it('the emailed sign-in link leads to one button and sends its token by post', () => {
    const page = readPage(<SignInConfirmPage action="/sign-in/confirm" fields={{ token: 'abc' }} />);
    expect(page.tags('button')).to.have.length(1);
    expect(page.tags('input')[0]).to.include('type="hidden"').and.include('value="abc"');
  });
});

describe('problem pages', () => {
  for (const status of [400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503, 418]) {
    it(`${status} says a sentence and a way on, and blames nobody`, () => {
      const page = readPage(<ProblemPage status={status} detail={null} requestId="req-1" />);
      expect(page.text.length).to.be.greaterThan(60);
      expect(page.text).not.to.match(/\b(invalid|illegal|forbidden|you (failed|forgot))\b/i);
      expect(page.text).to.include('req-1');
      expect(/<main[\s\S]*<a [^>]*class="button/.test(page.html)).to.equal(true);
    });
  }
});

describe('captured mail', () => {
  it('shows the HTML in a frame that may run nothing', () => {
    const page = readPage(<MessagePage {...messageProps} htmlPath="/dev/mailbox/1.html" />);
    const frame = page.tags('iframe')[0] ?? '';
    expect(frame)
      .to.include('sandbox=')
      .and.not.include('allow-scripts')
      .and.not.include('allow-same-origin');
  });
});
