/** The panels beside the timeline, in order. */
export const showTabs = [
  { id: 'questions', name: 'Questions' },
  { id: 'chat', name: 'Chat' },
  { id: 'polls', name: 'Polls' },
  { id: 'people', name: 'People' },
  { id: 'announcements', name: 'Announcements' },
  { id: 'room', name: 'Room' },
] as const;

export type ShowTab = (typeof showTabs)[number]['id'];

export const tabNamed = (name: string | null): ShowTab =>
  showTabs.find(({ id }) => id === name)?.id ?? 'questions';
