import mongoose from 'mongoose';
import { noteToldEvents } from '../event-updates/note-told-events.ts';
import type { Migration } from '../platform/database/run-migrations.ts';

/** Invites that are out there tell version 0 of their event, and what that is gets written down. */
export const noteToldEventsOnce: Migration = {
  id: '0001-note-told-events',
  async run() {
    for (const name of ['events', 'registrations'])
      await mongoose.connection
        .collection(name)
        .updateMany({ toldVersion: { $exists: false } }, { $set: { toldVersion: 0 } });
    await noteToldEvents(new Date());
  },
};
