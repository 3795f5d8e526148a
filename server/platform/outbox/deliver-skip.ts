/** Why a message that was due was set aside on purpose. Shown to organisers. */
export const skipReasons = ['place-ended', 'superseded', 'suppressed', 'unsubscribed', 'stopped'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What a handler returns when the message must not be delivered any more; it is then done, with the reason. */
export interface Skipped {
  readonly skipped: SkipReason;
}
