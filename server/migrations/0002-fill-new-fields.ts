import mongoose from 'mongoose';
import { reminderNames } from '../contracts/reminder.ts';
import type { Migration } from '../platform/database/run-migrations.ts';

/** Fields that documents stored before them lack: `lean()` reads no defaults. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  events: { reminders: [...reminderNames] },
  sessions: { moderatorIds: [] },
  speakers: { email: '' },
  registrations: { starredSessionIds: [] },
};

export const fillNewFields: Migration = {
  id: '0002-fill-new-fields',
  async run() {
    for (const [name, fields] of Object.entries(defaults))
      for (const [field, value] of Object.entries(fields))
        await mongoose.connection
          .collection(name)
          .updateMany({ [field]: { $exists: false } }, { $set: { [field]: value } });
  },
};
