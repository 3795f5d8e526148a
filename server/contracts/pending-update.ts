import { z } from 'zod';
import { revisionField } from './revision-field.ts';

/** What the buttons send: the state of the event that the organiser was looking at. */
export const pendingUpdateForm = z.strictObject({ version: revisionField });

/** Changes of an event that are gathered and not yet told. */
export interface ShownPendingUpdate {
  readonly version: number;
  /** In words, each without a full stop. */
  readonly changes: readonly string[];
  /** How many people with a place are told. */
  readonly people: number;
  /** How many invites of speakers and moderators are brought up to date besides. */
  readonly speakerInvites: number;
  /** "14:05 GMT" */
  readonly time: string;
  /** The time has come: it is being sent, too late for a button. */
  readonly isDue: boolean;
  /** Whether this member may send and undo at all. */
  readonly canEdit: boolean;
  /** False when nobody knows any more what was told last. */
  readonly canUndo: boolean;
}
