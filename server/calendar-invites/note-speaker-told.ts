import type { Deps } from '../deps.ts';
import { SpeakerInviteModel } from './speaker-invite.model.ts';
import type { InviteContent } from './speaker-invite.rules.ts';

/** Keeps what a mail said, in the transaction that writes the mail: the next change is told against it. */
export async function noteSpeakerTold(
  input: { readonly speakerInviteId: string; readonly content: InviteContent },
  deps: Deps,
): Promise<void> {
  await deps.transaction(() =>
    SpeakerInviteModel.updateOne({ _id: input.speakerInviteId }, { $set: { told: input.content } }),
  );
}
