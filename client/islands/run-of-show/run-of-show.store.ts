import { signal, type ReadonlySignal } from '@preact/signals';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type { LiveAudience } from '../../../server/contracts/live-facts.ts';
import type { LiveMessage, MoveAnswer } from '../../../server/contracts/live-messages.ts';
import { createLiveStore, type LiveStart, type LiveStore } from '../live-room/live-room.store.ts';

export interface ShowStart extends LiveStart {
  /** `/console/events/<id>` */
  readonly path: string;
  /** Whose log this member reads. */
  readonly audience: LiveAudience;
  /** May press the buttons; others look on. */
  readonly canDirect: boolean;
  /** Why the last press changed nothing. */
  readonly notice: string | null;
}

export interface ShowStore extends LiveStore {
  readonly notice: ReadonlySignal<string | null>;
  readonly isMoving: ReadonlySignal<boolean>;
  /** Presses a button. False when no way to the server is open: then the form goes by itself. */
  press(message: LiveMessage<'session:move'>): boolean;
}

export type SendMove = (
  message: LiveMessage<'session:move'>,
  ack: (answer: LiveAck<MoveAnswer>) => void,
) => boolean;

/** The live store of an organiser, and what became of the last press. */
export function createShowStore(start: ShowStart, send: SendMove): ShowStore {
  const store = createLiveStore(start);
  const notice = signal(start.notice);
  const isMoving = signal(false);
  return {
    ...store,
    notice,
    isMoving,
    press(message) {
      if (isMoving.value) return true;
      const isSent = send(message, (answer) => {
        isMoving.value = false;
        notice.value = answer.ok && answer.moved ? null : (answer.message ?? null);
      });
      if (isSent) isMoving.value = true;
      return isSent;
    },
  };
}
