import { composeMail, type ComposedMail, type ReadyMail, type Sender } from './compose-mail.ts';
import type { DkimSigner } from './sign-dkim.ts';

export interface SignedMail extends Pick<ComposedMail, 'envelope' | 'subject'> {
  readonly raw: Buffer;
}

/** The bytes of a mail, signed when this installation signs. Every try and every way of sending has the same. */
export async function composeSignedMail(
  mail: ReadyMail,
  sender: Sender,
  signer: DkimSigner | null,
): Promise<SignedMail> {
  const composed = composeMail(mail, sender);
  const signature = signer ? await signer(composed, mail.writtenAt) : '';
  const raw = Buffer.from(`${signature}${composed.head}\r\n${composed.body}`, 'latin1');
  return { envelope: composed.envelope, subject: composed.subject, raw };
}
