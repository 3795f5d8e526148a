import type { ShownEventState } from '../../server/contracts/event-card.ts';

const words: Record<ShownEventState, { text: string; look: string }> = {
  draft: { text: 'Draft', look: 'tag' },
  upcoming: { text: 'Published', look: 'tag good' },
  'starting-soon': { text: 'Starting soon', look: 'tag soon' },
  live: { text: 'Live now', look: 'tag live' },
  ended: { text: 'Ended', look: 'tag' },
  cancelled: { text: 'Cancelled', look: 'tag' },
};

/** The state of an event, as the console says it. */
export function StateWord({ state }: { state: ShownEventState }) {
  const { text, look } = words[state];
  return <span class={look}>{text}</span>;
}
