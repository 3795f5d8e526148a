import { expect } from 'chai';
import { announceChangedRights } from '../../../server/platform/realtime/changed-rights.ts';
import { issueTicket, readTicket, ticketLifeMs } from '../../../server/platform/realtime/join-ticket.ts';
import { announceRevokedSignIn } from '../../../server/platform/realtime/revoked-sign-ins.ts';
import { rememberRevokedTickets } from '../../../server/platform/realtime/revoked-tickets.ts';
import { createSecretBox } from '../../../server/platform/secrets/secret-box.ts';
import { TestClock } from '../../support/test-clock.ts';

const claims = {
  eventId: 'event',
  participantId: 'participant',
  role: 'attendee',
  person: 'attendee:a@example.org',
  registrationId: 'place',
  signInIds: ['sign-in'],
} as const;

describe('a join ticket', () => {
  const secrets = createSecretBox('ab'.repeat(32));
  const deps = () => ({ secrets, clock: new TestClock('2026-11-24T09:00:00Z') });
  const issue = (held: ReturnType<typeof deps>) =>
    issueTicket({ ...claims, signInIds: [...claims.signInIds] }, held);
  const read = (text: string, held: ReturnType<typeof deps>) => {
    const ticket = readTicket(text, held);
    if (!ticket) throw new Error('a ticket was expected');
    return ticket;
  };

  it('says what was put into it, until it expires and not a second longer', () => {
    const held = deps();
    const text = issue(held);
    expect(read(text, held)).to.deep.include(claims);
    held.clock.advance({ seconds: ticketLifeMs / 1_000 - 1 });
    expect(readTicket(text, held)).to.not.equal(null);
    held.clock.advance({ seconds: 1 });
    expect(readTicket(text, held)).to.equal(null);
  });

  it('is nothing once a letter of it was changed, when another key signed it, and when it is no ticket', () => {
    const held = deps();
    const text = issue(held);
    const [body = '', signature = ''] = text.split('.');
    const forged = Buffer.from(JSON.stringify({ ...read(text, held), eventId: 'other' })).toString(
      'base64url',
    );
    const other = { ...held, secrets: createSecretBox('cd'.repeat(32)) };
    const bad = [
      `${forged}.${signature}`,
      `${body}.${signature.slice(0, -1)}`,
      `${body}.`,
      body,
      `${text}.x`,
      issue(other),
      `${Buffer.from('{}').toString('base64url')}.${secrets.sign('live ticket', Buffer.from('{}').toString('base64url'))}`,
      'x'.repeat(10_000),
      '',
      null,
      7,
      { body },
    ];
    for (const value of bad) expect(readTicket(value, held), JSON.stringify(value)).to.equal(null);
  });

  it('opens nothing once its sign-in or place ended after it was issued; a newer one does', () => {
    for (const end of [
      () => announceRevokedSignIn('sign-in'),
      () => announceChangedRights({ registrationId: 'place', email: 'somebody@example.org' }),
      () => announceChangedRights({ registrationId: 'another', email: 'a@example.org' }),
    ]) {
      const held = deps();
      const revoked = rememberRevokedTickets(held.clock);
      const before = read(issue(held), held);
      announceRevokedSignIn('of somebody else');
      announceChangedRights({ registrationId: 'another', email: 'b@example.org' });
      expect(revoked.isRevoked(before)).to.equal(false);
      held.clock.advance({ seconds: 1 });
      end();
      expect(revoked.isRevoked(before)).to.equal(true);
      held.clock.advance({ seconds: 1 });
      expect(revoked.isRevoked(read(issue(held), held))).to.equal(false);
      revoked.stop();
    }
  });
});
