import type { SecretBox } from '../platform/secrets/secret-box.ts';

/** By what the media process knows a replay until it is taken back; then what was given out before opens nothing. */
export const replayTag = (
  { _id, takenBack }: { readonly _id: string; readonly takenBack: number },
  secrets: Pick<SecretBox, 'sign'>,
): string => secrets.sign('replay-tag', `${_id}.${takenBack}`).slice(0, 22);
