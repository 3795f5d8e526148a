// The thread in which mail is composed, signed and spoken to the mail server: on the main thread that would take
// more time than everything else about a mail, and pages would wait for it.
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../../config.ts';
import { DeliveryFailure, type FailureKind } from '../outbox/deliver-failure.ts';
import type { ReadyMail, Sender } from './compose-mail.ts';
import { createSmtpMailer } from './send-by-smtp.ts';
import { createDkimSigner } from './sign-dkim.ts';

export interface MailThreadOptions {
  readonly smtpUrl: string;
  readonly sender: Sender;
  readonly dkim: Config['dkim'];
}

export type MailOrder =
  | { readonly do: 'send'; readonly id: number; readonly mail: ReadyMail; readonly isUrgent: boolean }
  | { readonly do: 'close' };

export interface MailAnswer {
  readonly id: number;
  /** null: the next server has taken it over. `kind` is null for a fault of ours. */
  readonly failure: {
    readonly kind: FailureKind | null;
    readonly message: string;
    readonly status: string | null;
  } | null;
}

const { smtpUrl, sender, dkim } = workerData as MailThreadOptions;
const mailer = createSmtpMailer(smtpUrl, sender, dkim && createDkimSigner(dkim));

const answer = (message: MailAnswer) => parentPort?.postMessage(message);
parentPort?.on('message', (order: MailOrder) => {
  if (order.do === 'close') {
    mailer.close();
    // Ends this thread alone, connections that hang included.
    process.exit();
  }
  const { id, mail, isUrgent } = order;
  mailer.send(mail, { isUrgent }).then(
    () => answer({ id, failure: null }),
    (error: unknown) => answer({ id, failure: asAnswer(error) }),
  );
});

function asAnswer(error: unknown): MailAnswer['failure'] {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DeliveryFailure)) return { kind: null, message, status: null };
  return { kind: error.kind, message, status: error.status };
}
