import type { ReadyMail } from '../../../server/platform/mail/compose-mail.ts';

export const readyMailWith = (fields: Partial<ReadyMail> = {}): ReadyMail => ({
  messageId: 'confirmed.1',
  fromName: 'Civic Learning',
  replyTo: { name: 'Civic Learning', address: 'hello@civic.example' },
  to: { name: 'Ada Byron', address: 'ada@example.org' },
  subject: 'You’re in: Learning & Development',
  html: '<p>You’re in</p>',
  text: 'You’re in',
  invite: null,
  purpose: 'service',
  about: null,
  condition: null,
  expiresAt: null,
  threadOf: null,
  frame: null,
  unsubscribeUrl: null,
  changesSince: null,
  writtenAt: new Date('2026-11-24T09:00:00Z'),
  ...fields,
});

/** CRLF and lines of all kinds, as a calendar has them. */
export const ics = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Siân â’r Fôn 👩🏽‍🚀 = \\; \\,',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');
