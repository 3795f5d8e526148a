import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { parseReceivedMail, type ReceivedMail } from '../platform/mail/parse-received-mail.ts';
import { recordIntent } from '../registrations/record-intent.ts';
import { isAuthenticated } from './authentication.rules.ts';
import { readCalendar, type CalendarReply } from './calendar-reply.rules.ts';
import { readReport } from './delivery-report.rules.ts';
import { InboundMailModel } from './inbound-mail.model.ts';
import { isAutomatic, isBulk, mayBeAnswered, type IgnoreReason } from './inbound-mail.rules.ts';
import { receiveReport } from './receive-report.ts';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: IgnoreReason };

/** Does what a mail that came in says, if it may, and forgets the mail; what became of it is kept. */
export async function readInboundMail(
  actor: Actor,
  input: { readonly inboundMailId: string },
  deps: Deps,
): Promise<Outcome> {
  const { inboundMailId } = input;
  return deps.transaction(async () => {
    const stored = await InboundMailModel.findOne({ _id: inboundMailId, state: 'received' });
    // Forgotten after a month in which nobody could read it.
    if (!stored?.raw) return { ok: true };
    const mail = await parseReceivedMail(stored.raw);
    const outcome: Outcome = mail
      ? await answer(actor, mail, inboundMailId, deps)
      : { ok: false, reason: 'unreadable' };
    await InboundMailModel.updateOne(
      { _id: inboundMailId },
      {
        $set: {
          raw: null,
          state: outcome.ok ? 'read' : 'ignored',
          reason: outcome.ok ? null : outcome.reason,
          readAt: deps.clock.now(),
        },
      },
    );
    return outcome;
  });
}

async function answer(actor: Actor, mail: ReceivedMail, inboundMailId: string, deps: Deps): Promise<Outcome> {
  if (mail.reportType === 'delivery-status' || mail.reportType === 'feedback-report') {
    const report = readReport(mail);
    return report
      ? receiveReport(actor, { report, inboundMailId }, deps)
      : { ok: false, reason: 'not-a-failure' };
  }
  const calendar = readCalendar(mail);
  if (!calendar) return { ok: false, reason: isAutomatic(mail) ? 'automatic' : 'not-a-report' };
  if (isBulk(mail)) return { ok: false, reason: 'automatic' };
  return calendar.reply
    ? answerReply(actor, mail, calendar.reply, deps)
    : { ok: false, reason: calendar.reason };
}

/** Only the attendee speaks for the attendee, and only where our own server says that the mail is theirs. */
async function answerReply(
  actor: Actor,
  mail: ReceivedMail,
  { attendee, ...reply }: CalendarReply,
  deps: Deps,
): Promise<Outcome> {
  if (mail.from !== attendee) return { ok: false, reason: 'not-from-attendee' };
  if (!isAuthenticated(mail, deps.config.inbound?.authservId ?? ''))
    return { ok: false, reason: 'not-authenticated' };
  return recordIntent(actor, { ...reply, email: attendee, mayOfferRelease: mayBeAnswered(mail) }, deps);
}
