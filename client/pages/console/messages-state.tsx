export type ShownMessageState = 'draft' | 'scheduled' | 'sending' | 'sent' | 'stopped';

const words: Record<ShownMessageState, { text: string; look: string }> = {
  draft: { text: 'Draft', look: 'tag' },
  scheduled: { text: 'Planned', look: 'tag soon' },
  sending: { text: 'On its way', look: 'tag soon' },
  sent: { text: 'Sent', look: 'tag good' },
  stopped: { text: 'Stopped', look: 'tag' },
};

/** How far a message has come. */
export function MessageState({ state }: { state: ShownMessageState }) {
  const { text, look } = words[state];
  return <span class={look}>{text}</span>;
}
