import { model, Schema } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** How often an event's address for the video mixer was made anew; missing: it is still the first. */
const stageViewSchema = new Schema(
  {
    /** The event's id. */
    _id: { type: String, required: true },
    version: { type: Number, required: true },
  },
  { ...modelOptions, collection: 'stage-views' },
);

export const StageViewModel = model('StageView', stageViewSchema);
