import { Notice } from './notice.tsx';

/** On every page of a rehearsal, so that nobody takes it for the day itself. */
export function RehearsalNotice() {
  return (
    <Notice kind="soon">
      <b>Rehearsal.</b> Nobody outside your team sees this. It is deleted when it ends.
    </Notice>
  );
}
