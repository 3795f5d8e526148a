import { createTransport } from 'nodemailer';
import { DeliveryFailure } from '../outbox/deliver-failure.ts';
import { messageIdHeader, type Sender } from './compose-mail.ts';
import { composeSignedMail } from './compose-signed-mail.ts';
import type { Mailer } from './mailer.ts';
import type { DkimSigner } from './sign-dkim.ts';

/** A mailer on pooled connections to one server, `smtp[s]://user:password@host:port`. */
export function createSmtpMailer(smtpUrl: string, sender: Sender, signer: DkimSigner | null = null): Mailer {
  // Connections that hang with bulk mail on them must not keep somebody from signing in.
  const ordinary = openPool(smtpUrl, 5);
  const urgent = openPool(smtpUrl, 2);
  return {
    sender,
    async send(mail, { isUrgent = false } = {}) {
      const { envelope, raw } = await composeSignedMail(mail, sender, signer);
      try {
        await (isUrgent ? urgent : ordinary).sendMail({
          envelope: { from: envelope.from, to: [...envelope.to] },
          raw,
          // It stands in `raw`; without it Nodemailer makes one up each time.
          messageId: messageIdHeader(mail, sender),
        });
      } catch (error) {
        throw asDeliveryFailure(error);
      }
    },
    close() {
      ordinary.close();
      urgent.close();
    },
  };
}

function openPool(smtpUrl: string, maxConnections: number) {
  const { hostname, port, protocol, username, password } = new URL(smtpUrl);
  const isImplicitTls = protocol === 'smtps:';
  return createTransport({
    pool: true,
    maxConnections,
    maxMessages: 100,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : isImplicitTls ? 465 : 587,
    secure: isImplicitTls,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** RFC 5321, 4.2.1: the first digit of a reply says whether to come back. Without a reply nobody was reached. */
function asDeliveryFailure(cause: unknown): unknown {
  if (cause instanceof DeliveryFailure || !(cause instanceof Error)) return cause;
  const { responseCode, response, code, command } = cause as Error & Partial<Record<string, unknown>>;
  // A wrong password is the operator's to mend; the mails wait for it.
  if (code === 'EAUTH') return new DeliveryFailure('busy', 'The mail server refused our sign-in', { cause });
  if (typeof responseCode !== 'number') {
    const isNetwork = typeof code === 'string' && /^E[A-Z]+$/.test(code) && code !== 'EMESSAGE';
    if (!isNetwork) return cause;
    return new DeliveryFailure('unreachable', `The mail server could not be reached (${code})`, { cause });
  }
  const at = typeof command === 'string' && /^[A-Z ]+$/.test(command) ? ` to ${command}` : '';
  const said = `The mail server answered ${responseCode}${at}`;
  const status = command === 'RCPT TO' && typeof response === 'string' ? enhancedStatusOf(response) : null;
  return new DeliveryFailure(responseCode >= 500 ? 'refused' : 'busy', said, { cause, status });
}

/** "550 5.1.1 No such user": RFC 2034. */
const enhancedStatusOf = (response: string): string | null =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response)?.[1] ?? null;
