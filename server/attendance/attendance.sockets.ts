import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** The heartbeat of an open page. */
export function attendanceMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
