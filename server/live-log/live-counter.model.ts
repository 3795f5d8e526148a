import { model, Schema } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** The last number of one log. Every append raises it, so two changes of one event's room cannot interleave. */
const liveCounterSchema = new Schema(
  {
    /** `<eventId>:<audience>` */
    _id: { type: String, required: true },
    lastSeq: { type: Number, required: true },
  },
  { ...modelOptions, collection: 'live-counters' },
);

export const LiveCounterModel = model('LiveCounter', liveCounterSchema);
