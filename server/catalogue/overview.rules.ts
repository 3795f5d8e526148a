interface Reviewed {
  readonly summary: string;
  readonly description: string;
  readonly status: string;
}

/** What stands in the way of publishing or of the day, each with where to mend it. */
export function thingsToDo(
  event: Reviewed,
  sessions: readonly {
    readonly kind: string;
    readonly state: string;
    readonly speakerIds: readonly string[];
    readonly moderatorIds: readonly string[];
  }[],
  path: string,
): { text: string; path: string; action: string }[] {
  if (event.status === 'cancelled') return [];
  const silent = sessions.filter(
    ({ kind, state, speakerIds, moderatorIds }) =>
      kind !== 'break' && state === 'scheduled' && speakerIds.length + moderatorIds.length === 0,
  ).length;
  const edit = `${path}/edit`;
  return [
    ...(event.summary === ''
      ? [{ text: 'Nothing says who the event is for', path: edit, action: 'Say it' }]
      : []),
    ...(event.description === ''
      ? [{ text: 'There is no description yet', path: edit, action: 'Write it' }]
      : []),
    ...(sessions.length === 0
      ? [{ text: 'The agenda is empty', path: `${path}/sessions`, action: 'Add a session' }]
      : []),
    ...(silent > 0
      ? [
          {
            text: silent === 1 ? 'One session has no speaker' : `${silent} sessions have no speaker`,
            path: `${path}/sessions`,
            action: 'Find speakers',
          },
        ]
      : []),
  ];
}

const sentences: Readonly<Record<string, string>> = {
  'event:created': 'The event was created.',
  'event:edited': 'The event page was changed.',
  'event:published': 'The event was published.',
  'event:cancelled': 'The event was cancelled.',
  'event:restored': 'The event got its earlier name and times back.',
  'event:update-sent': 'Everyone with a place was told what has changed.',
  'event:update-hastened': 'Somebody pressed Send now.',
  'event:changes-undone': 'Changes were undone before they were told.',
  'event:reminders-set': 'The reminders were changed.',
  'campaign:created': 'A message was written.',
  'campaign:edited': 'A message was changed.',
  'campaign:scheduled': 'A message was planned.',
  'campaign:sent': 'A message was sent.',
  'campaign:stopped': 'A message was stopped.',
  'campaign:urgent-sent': 'An urgent message was sent to everyone.',
  'mail:retried': 'Mail that had failed was tried again.',
  'seats:reconciled': 'The places were counted anew.',
  'suppression:lifted': 'An address may be written to again.',
  'session:created': 'A session was added.',
  'session:edited': 'A session was changed.',
  'session:moved': 'A session changed its state: live, paused, ended or cancelled.',
  'session:extended': 'A session on air was given more minutes.',
  'session:removed': 'A session was removed.',
  'session:restored': 'A session got its earlier title and times back.',
  'session:resources-set': 'The links and files of a session were changed.',
  'announcement:made': 'An announcement was made in the live room.',
  'announcement:withdrawn': 'An announcement was taken down.',
  'stage-view:changed': 'The stage view was changed.',
  'stage-view:reset': 'The stage view got a new address.',
  'room:changed': 'The live room’s settings were changed.',
  'word-list:changed': 'The words that may not be written were changed.',
  'chat-message:deleted': 'A chat message was deleted.',
  'chat:cleared': 'A chat was cleared.',
  'attendance:exported': 'The attendance was downloaded.',
  'chat:exported': 'The chat was downloaded.',
  'questions:exported': 'The questions were downloaded.',
  'polls:exported': 'The poll results were downloaded.',
  'question:moved': 'A question changed its state: shown, live, answered or put away.',
  'question:answered': 'A question was answered in writing.',
  'question:assigned': 'A question was put to a speaker, or to nobody any more.',
  'question:merged': 'A question was merged into another that asks the same.',
  'question:gained': 'A question took in another that asks the same.',
  'poll:drafted': 'A poll was drafted.',
  'poll:redrafted': 'The draft of a poll was changed.',
  'poll:moved': 'A poll was opened, closed or thrown away.',
  'feedback:exported': 'The feedback was downloaded.',
};

export const wordsForAudit = (action: string): string => sentences[action] ?? action.replace(':', ' ');
