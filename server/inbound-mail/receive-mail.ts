import { createHash } from 'node:crypto';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { InboundMailModel } from './inbound-mail.model.ts';
import { largestMailBytes } from './inbound-mail.rules.ts';

/** Keeps a mail, to be read by the worker; the same bytes are one mail, however often they are brought. */
export async function receiveMail(
  input: { readonly raw: Buffer; readonly mailboxKey: string | null },
  deps: Deps,
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: 'too-large' }> {
  const { raw, mailboxKey } = input;
  if (raw.length > largestMailBytes) return { ok: false, reason: 'too-large' };
  const _id = createHash('sha256').update(raw).digest('hex');
  const keep = () => deps.transaction(() => store(_id, raw, mailboxKey, deps));
  // Brought twice at the same moment: the second finds what the first has stored.
  return keep().catch((error: unknown) => {
    if (isDuplicateKey(error)) return keep();
    throw error;
  });
}

async function store(
  _id: string,
  raw: Buffer,
  mailboxKey: string | null,
  { clock }: Deps,
): Promise<{ ok: true; isNew: boolean }> {
  const at = clock.now();
  const { upsertedCount } = await InboundMailModel.updateOne(
    { _id },
    {
      $setOnInsert: {
        raw,
        state: 'received',
        reason: null,
        softBounceOf: null,
        receivedAt: at,
        readAt: null,
      },
      ...(mailboxKey === null ? {} : { $addToSet: { mailboxKeys: mailboxKey } }),
    },
    { upsert: true },
  );
  if (upsertedCount === 0) return { ok: true, isNew: false };
  await addOutboxMessages([
    { message: { kind: 'mail:received', payload: { inboundMailId: _id } }, options: { at } },
  ]);
  return { ok: true, isNew: true };
}
