import { model, Schema } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/**
 * The join passes that one registration holds, newest last. The limit on devices stands in this one document,
 * so two devices that join at once cannot both count themselves in.
 */
const joinDevicesSchema = new Schema(
  {
    /** The registration's id. */
    _id: { type: String, required: true },
    signInIds: { type: [String], default: [] },
    expiresAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'join-devices' },
);
joinDevicesSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 });

export const JoinDevicesModel = model('JoinDevices', joinDevicesSchema);
