import type { Deps } from '../deps.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { answerQuestion } from './answer-question.ts';
import { askQuestion } from './ask-question.ts';
import { assignQuestion } from './assign-question.ts';
import { mergeQuestions } from './merge-questions.ts';
import { moveQuestion } from './move-question.ts';
import { voteQuestion } from './vote-question.ts';

/** Questions to speakers, votes for them, and what moderators do with them. */
export function questionMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('question:ask', deps, async (message, room) => ({
      question: await askQuestion(room, message, deps),
    })),
    inRoom('question:vote', deps, async (message, room) => {
      await voteQuestion(room, message, deps);
      return {};
    }),
    inRoom('question:move', deps, async (message, room) => {
      await moveQuestion(room, message, deps);
      return {};
    }),
    inRoom('question:answer', deps, async (message, room) => {
      await answerQuestion(room, message, deps);
      return {};
    }),
    inRoom('question:merge', deps, async (message, room) => {
      await mergeQuestions(room, message, deps);
      return {};
    }),
    inRoom('question:assign', deps, async (message, room) => {
      await assignQuestion(room, message, deps);
      return {};
    }),
  ];
}
