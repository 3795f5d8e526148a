import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../database/model-options.ts';
import { skipReasons } from './deliver-skip.ts';

/** One stored message. Claimed by lease; done only by the claim that holds `leaseToken`. */
const outboxEntrySchema = new Schema(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    /** Kinds that speak to the network are delivered apart from those that only write here. */
    lane: { type: String, required: true, enum: ['product', 'network'] },
    payload: { type: Schema.Types.Mixed, required: true },
    /** Two writes of one change make one message. */
    dedupeKey: { type: String, required: true, unique: true },
    /** Entries with the same key are delivered in the order they were written. */
    orderKey: { type: String, default: null },
    order: { type: Number, required: true },
    /** Entries with the same key are spread over time: the domain a mail goes to. */
    paceKey: { type: String, default: null },
    /** -1 leaves first (sign-in), then 0 (join), 1 is ordinary, 2 is bulk. */
    priority: { type: Number, required: true },
    /** Whose it is, so that a console can list it: `event:<id>`. */
    scope: { type: String, default: null },
    state: { type: String, required: true, enum: ['waiting', 'done', 'failed'] },
    dueAt: { type: Date, required: true },
    /** It was due, and `dueAt` was moved to keep the pace: it still holds back what follows it. */
    isPostponed: { type: Boolean, default: false },
    /** Nobody may claim the entry before this instant. */
    leaseUntil: { type: Date, default: () => new Date(0) },
    leaseToken: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    /** How often whoever held it was not heard of again: it may be what ends the process. */
    lapses: { type: Number, default: 0 },
    /** Why a message that is done was set aside instead. */
    skipped: { type: String, default: null, enum: [...skipReasons, null] },
    lastError: { type: String, default: null },
    /** A mail that was sent and came back. */
    bounce: {
      type: new Schema(
        { status: { type: String, required: true }, at: { type: Date, required: true } },
        { _id: false },
      ),
      default: null,
    },
    createdAt: { type: Date, required: true },
    doneAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'outbox' },
);
outboxEntrySchema.index({ state: 1, lane: 1, priority: 1, dueAt: 1, order: 1 });
outboxEntrySchema.index({ orderKey: 1, state: 1, order: 1 });
outboxEntrySchema.index({ state: 1, doneAt: 1 });

// What the console counts, filters and searches. Partial, so that most messages are not in them at all; both ends of
// the order run one way, because a store may read an index backwards but not half of it.
const isMail = { kind: 'mail:ready' };
const cameBack = { 'bounce.at': { $gt: new Date(0) } };
const newestFirst = { createdAt: -1, _id: -1 } as const;
const partly = (filter: object) => ({ partialFilterExpression: { ...isMail, ...filter } });
outboxEntrySchema.index({ scope: 1, ...newestFirst }, partly({}));
outboxEntrySchema.index({ scope: 1, state: 1, ...newestFirst }, partly({}));
outboxEntrySchema.index({ scope: 1, 'payload.to.address': 1 }, partly({}));
outboxEntrySchema.index({ scope: 1, skipped: 1 }, partly({}));
outboxEntrySchema.index({ scope: 1, 'bounce.at': -1 }, partly(cameBack));

export type OutboxEntry = InferSchemaType<typeof outboxEntrySchema>;
export const OutboxEntryModel = model('OutboxEntry', outboxEntrySchema);

/** As it is stored first. Written out, because many at a time go in without Mongoose's own defaults. */
export const untriedEntry = () => ({
  state: 'waiting' as const,
  isPostponed: false,
  leaseUntil: new Date(0),
  leaseToken: null,
  attempts: 0,
  lapses: 0,
  skipped: null,
  lastError: null,
  bounce: null,
  doneAt: null,
});
