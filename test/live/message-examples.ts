import type { LiveMessage, LiveMessageName } from '../../server/contracts/live-messages.ts';

/** Ids of what stands in one event, to fill examples with. */
export interface ExampleIds {
  readonly eventId: string;
  readonly sessionId: string;
  readonly messageId: string;
  readonly questionId: string;
  readonly otherQuestionId: string;
  readonly pollId: string;
  readonly optionId: string;
  readonly announcementId: string;
  readonly participantId: string;
  readonly speakerId: string;
}

let made = 0;
const clientId = () => `example-${String((made += 1)).padStart(6, '0')}`;

/** A valid payload of every message. A new message does not compile without one. */
export function messageExamples(ids: ExampleIds): { readonly [K in LiveMessageName]: LiveMessage<K> } {
  const { eventId, sessionId, messageId, questionId, pollId, participantId } = ids;
  const stageId = 'main';
  return {
    'live:join': { eventId, audience: 'viewers', lastSeq: null },
    'live:beat': { eventId, stageId, isWatching: true },
    'mine:read': { eventId },
    'session:move': { eventId, sessionId, move: 'go-live', revision: 1 },
    'session:extend': { eventId, sessionId, minutes: 5, revision: 1 },
    'picture:watch': { eventId, stageId },
    'picture:report': { eventId, stageId, stalls: 1, latencyMs: 1_900 },
    'picture:show': { eventId, stageId, shows: 'slate', revision: 0 },
    'studio:enter': { eventId, stageId, peerId: 'example-page', role: 'host', isNew: true },
    'studio:leave': { eventId, stageId, peerId: 'example-page' },
    'studio:signal': {
      eventId,
      stageId,
      peerId: 'example-page',
      toPeerId: 'another-page',
      signal: { kind: 'offer', sdp: 'v=0' },
    },
    'chat:post': {
      eventId,
      channel: 'stage',
      stageId,
      clientId: clientId(),
      text: 'What about ground source?',
      replyToId: messageId,
    },
    'chat:react': { eventId, messageId, kind: 'agree', isOn: true },
    'chat:report': { eventId, messageId, reason: 'Rude' },
    'chat:delete': { eventId, messageId },
    'chat:history': { eventId, channel: 'stage', stageId, beforeId: messageId },
    'chat:pin': { eventId, messageId, isPinned: true },
    'chat:dismiss-report': { eventId, messageId },
    'chat:clear': { eventId, stageId },
    'question:ask': {
      eventId,
      stageId,
      sessionId,
      clientId: clientId(),
      text: 'How loud are they?',
      isAnonymous: false,
    },
    'question:vote': { eventId, questionId, isOn: true },
    'question:move': { eventId, questionId, move: 'show', revision: 1 },
    'question:answer': { eventId, questionId, text: 'Quieter than a fridge.', revision: 1 },
    'question:merge': { eventId, questionId, intoId: ids.otherQuestionId, revision: 1 },
    'question:assign': { eventId, questionId, speakerId: ids.speakerId, revision: 1 },
    'poll:save': {
      eventId,
      pollId,
      clientId: clientId(),
      stageId,
      kind: 'single',
      question: 'Do you have a heat pump?',
      options: ['Yes', 'Not yet'],
      results: 'live',
      revision: 1,
    },
    'poll:move': { eventId, pollId, move: 'open', closesInSeconds: null, revision: 1 },
    'poll:vote': { eventId, pollId, choice: { optionIds: [ids.optionId], word: null } },
    'poll:results': { eventId, pollId },
    'reaction:send': { eventId, stageId, taps: { applause: 3 } },
    'hand:raise': { eventId, stageId },
    'hand:lower': { eventId, participantId },
    'announcement:make': {
      eventId,
      clientId: clientId(),
      kind: 'notice',
      urgency: 'polite',
      text: 'Lunch is served.',
      expiresInMinutes: 30,
    },
    'announcement:withdraw': { eventId, announcementId: ids.announcementId },
    'room:change': { eventId, changes: { slowModeSeconds: 10 }, revision: 0 },
    'word-list:read': { eventId },
    'word-list:change': { eventId, words: ['blast'] },
    'stage-view:show': { eventId, item: { kind: 'question', id: questionId } },
    'viewer:find': { eventId, text: '', isHere: false, page: 1 },
    'viewer:silence': { eventId, participantId, minutes: 10 },
    'viewer:ban': { eventId, participantId, isBanned: true },
  };
}

/** Ids that nothing has. */
export const idsOfNothing = (eventId: string): ExampleIds => ({
  eventId,
  sessionId: 'no-session',
  messageId: 'no-message',
  questionId: 'no-question',
  otherQuestionId: 'no-other-question',
  pollId: 'no-poll',
  optionId: 'no-option',
  announcementId: 'no-announcement',
  participantId: 'no-participant',
  speakerId: 'no-speaker',
});
