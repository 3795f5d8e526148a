import { expect } from 'chai';
import { RegisterPage } from '../../../client/pages/registration/register.tsx';
import { RegisteredPage } from '../../../client/pages/registration/registered.tsx';
import { mistaken, registeredProps, registerProps } from '../../support/pages/registration-pages.tsx';
import { readPage } from '../../support/pages/read-page.ts';

describe('the registration form', () => {
  it('asks what the organiser asks, carries its attempt, and ticks no consent', () => {
    const page = readPage(<RegisterPage {...registerProps} />);
    expect(page.text).to.include('How far along is your plan to cut carbon?');
    expect(page.tags('input').some((tag) => tag.includes('name="attempt" value="attempt-1"'))).to.equal(true);
    const consents = page.tags('input').filter((tag) => tag.includes('name="consent-'));
    expect(consents).to.have.length(2);
    expect(consents.filter((tag) => tag.includes('checked'))).to.deep.equal([]);
  });

  it('comes back with what was typed, a summary on top, and each mistake beside its field', () => {
    const page = readPage(<RegisterPage {...registerProps} form={mistaken} isSent />);
    expect(page.title).to.match(/^Error: /);
    expect(page.text).to.include('Two answers need another look');
    expect(page.links).to.include('#field-email').and.include('#field-answer-stage');
    const email = page.tags('input').find((tag) => tag.includes('name="email"')) ?? '';
    expect(email).to.include('value="a.whitlock.ardale.gov.uk"').and.include('aria-invalid="true"');
    expect(email).to.include('aria-describedby="field-email-hint field-email-error"');
    const fleet = page.tags('input').find((tag) => tag.includes('value="Fleet"')) ?? '';
    expect(fleet).to.include('checked');
    expect(page.text.indexOf('Two answers')).to.be.lessThan(page.text.indexOf('Full name'));
  });

  for (const [standing, words] of [
    ['sold-out', 'Every place is taken'],
    ['closed', 'Registration is closed'],
    ['not-yet-open', 'It opens on Monday 15 March 2027, 09:00 GMT.'],
    ['cancelled', 'This event is cancelled'],
    ['ended', 'This event is over'],
  ] as const) {
    it(`says a plain sentence instead when it is ${standing}`, () => {
      const page = readPage(
        <RegisterPage {...registerProps} standing={standing} opens="Monday 15 March 2027, 09:00 GMT" />,
      );
      expect(page.text).to.include(words);
      expect(page.tags('form')).to.deep.equal([]);
    });
  }

  it('shows hostile input again as text', () => {
    const name = '"><img src=x onerror=alert(1)> \u202Egnp.exe';
    const page = readPage(<RegisterPage {...registerProps} form={{ values: { name }, errors: [] }} />);
    expect(page.html).not.to.include('<img src=x');
    expect(page.html).to.include('value="&quot;>&lt;img src=x');
  });
});

describe('“You’re in”', () => {
  it('names the address written to, and tells nothing about who was registered before', () => {
    const page = readPage(<RegisteredPage {...registeredProps} />);
    expect(page.text).to.include('You’re in').and.include('a.whitlock@ardale.gov.uk');
    expect(page.text).not.to.match(/already|again|before/i);
    expect(page.links.filter((href) => href.includes('/registrations/'))).to.deep.equal([]);
  });
});
