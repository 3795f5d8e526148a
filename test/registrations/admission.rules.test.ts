import { expect } from 'chai';
import fc from 'fast-check';
import { decideAdmission, type Known } from '../../server/registrations/admission.rules.ts';

let made = 0;
const newId = () => `new-${(made += 1)}`;
const applicant = (email: string, attemptKey = newId(), attemptSignature = `signed ${attemptKey}`) => ({
  email,
  attemptKey,
  attemptSignature,
});
const known = (email: string, status: Known['status'] = 'confirmed'): Known => ({
  ...applicant(email, `attempt of ${email}`),
  _id: `id of ${email}`,
  status,
});
const open = (remaining: number | null, stored: readonly Known[] = []) => ({
  refusal: null,
  remaining,
  stored,
});
const kinds = (decisions: readonly { kind: string }[]) => decisions.map(({ kind }) => kind);

describe('deciding about a batch', () => {
  it('gives the places to those who came first', () => {
    const decisions = decideAdmission(
      ['a', 'b', 'c'].map((email) => applicant(email)),
      open(2),
      newId,
    );
    expect(kinds(decisions)).to.deep.equal(['place', 'place', 'refused']);
  });

  it('gives one place to an address that came twice', () => {
    const decisions = decideAdmission([applicant('a'), applicant('a')], open(5), newId);
    expect(kinds(decisions)).to.deep.equal(['place', 'repeat']);
  });

  it('answers a form that came twice as if it had come once', () => {
    const twice = [applicant('a', 'key', 'same'), applicant('a', 'key', 'same')];
    expect(kinds(decideAdmission(twice, open(1), newId))).to.deep.equal(['place', 'resubmit']);
  });

  it('refuses another form under the same key', () => {
    const two = [applicant('a', 'key', 'one'), applicant('b', 'key', 'other')];
    expect(decideAdmission(two, open(5), newId)[1]).to.deep.equal({ kind: 'refused', reason: 'sent-before' });
  });

  it('tells a person who has a place that it is sold out when a stranger would be told so', () => {
    const [decision] = decideAdmission([applicant('a')], open(0, [known('a')]), newId);
    expect(decision).to.deep.equal({ kind: 'repeat', registrationId: 'id of a', isSoldOut: true });
  });

  it('opens a cancelled registration again under its own id, for a seat', () => {
    const stored = [known('a', 'cancelled')];
    const decisions = decideAdmission([applicant('a'), applicant('b')], open(1, stored), newId);
    expect(decisions[0]).to.deep.equal({ kind: 'reopen', registrationId: 'id of a' });
    expect(decisions[1]).to.deep.equal({ kind: 'refused', reason: 'sold-out' });
  });

  it('answers the form that took the place also after registration has closed', () => {
    const stored = known('a');
    const decisions = decideAdmission(
      [stored, applicant('b')],
      { refusal: 'closed', remaining: 5, stored: [stored] },
      newId,
    );
    expect(kinds(decisions)).to.deep.equal(['resubmit', 'refused']);
  });

  it('never gives out more than there is, nor two places to one address, whoever comes', () => {
    const people = fc.array(fc.record({ email: fc.constantFrom('a', 'b', 'c', 'd', 'e'), key: fc.nat(6) }), {
      maxLength: 30,
    });
    const storedEmails = fc.subarray(['a', 'b', 'c']);
    fc.assert(
      fc.property(people, storedEmails, fc.nat(4), (arrivals, emails, remaining) => {
        const stored = emails.map((email, index) =>
          known(email, index % 2 === 0 ? 'confirmed' : 'cancelled'),
        );
        const decisions = decideAdmission(
          arrivals.map(({ email, key }) => applicant(email, `key-${key}`, `${email} ${key}`)),
          open(remaining, stored),
          newId,
        );
        const seated = arrivals.filter((_, index) => /place|reopen/.test(decisions[index]?.kind ?? ''));
        expect(seated.length).to.be.at.most(remaining);
        expect(new Set(seated.map(({ email }) => email)).size).to.equal(seated.length);
        const alreadyIn = stored.filter(({ status }) => status === 'confirmed').map(({ email }) => email);
        expect(seated.filter(({ email }) => alreadyIn.includes(email))).to.deep.equal([]);
      }),
    );
  });
});
