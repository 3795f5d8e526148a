import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { comparableAddress } from '../platform/mail/parse-received-mail.ts';
import { findRecipientOfMail, recordBounce } from '../platform/outbox/record-bounce.ts';
import { suppressAddress } from '../suppressions/suppress-address.ts';
import { suppressRefusedAddress } from '../suppressions/suppress-refused-address.ts';
import type { Report } from './delivery-report.rules.ts';
import { InboundMailModel } from './inbound-mail.model.ts';
import { mostSoftBounces } from './inbound-mail.rules.ts';

const monthMs = 30 * 24 * 3600_000;

/**
 * Answers a report about a mail of ours. Reports are not signed: what proves one is the Message-ID, which only the
 * recipient and the servers on the way have seen, together with the address that the mail went to.
 */
export async function receiveReport(
  actor: Actor,
  input: { readonly report: Report; readonly inboundMailId: string },
  deps: Deps,
): Promise<{ ok: true } | { ok: false; reason: 'not-our-mail' }> {
  const { kind, messageId, recipients, status } = input.report;
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const ours = localPartOf(messageId, deps.mailer.sender.host);
    const address = ours && (await findRecipientOfMail(ours));
    if (!ours || !address) return { ok: false, reason: 'not-our-mail' };
    const isNamed = recipients.includes(comparableAddress(address));
    // Whoever passes complaints on may leave the address out; each Message-ID is one person's.
    if (!isNamed && !(kind === 'complaint' && recipients.length === 0))
      return { ok: false, reason: 'not-our-mail' };
    const suppress = (detail: string) =>
      suppressAddress(
        actor,
        {
          kind: kind === 'complaint' ? 'complaint' : 'undeliverable',
          organiserId: '',
          email: address.toLowerCase(),
          detail,
        },
        deps,
      );
    if (kind === 'complaint') {
      await suppress('');
      return { ok: true };
    }
    const isFirst = await recordBounce(ours, status, at);
    await suppressRefusedAddress(actor, { email: address, status }, deps);
    if (status.startsWith('4.') && isFirst && (await isOneTooMany(address, input.inboundMailId, at)))
      await suppress(status);
    return { ok: true };
  });
}

/** Counts this report, which is the first about its mail. */
async function isOneTooMany(address: string, inboundMailId: string, at: Date): Promise<boolean> {
  const softBounceOf = address.toLowerCase();
  await InboundMailModel.updateOne({ _id: inboundMailId }, { $set: { softBounceOf } });
  const since = trusted({ $gt: new Date(at.getTime() - monthMs) });
  return (await InboundMailModel.countDocuments({ softBounceOf, receivedAt: since })) >= mostSoftBounces;
}

/** "<confirmed.1@events.example.org>" is ours as "confirmed.1"; null for one of another host. */
function localPartOf(messageId: string, host: string): string | null {
  const [, local, at] = /^<([A-Za-z0-9._-]{1,200})@([^<>\s]{1,255})>$/.exec(messageId) ?? [];
  return local && at?.toLowerCase() === host.toLowerCase() ? local : null;
}
