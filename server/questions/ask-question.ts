import type { LiveMessage } from '../contracts/live-messages.ts';
import type { LiveQuestion } from '../contracts/live-questions.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getLiveRoomSettings } from '../live-rooms/live-room.queries.ts';
import { isStageOf } from '../live-rooms/live-room.rules.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { wordListCheck } from '../live-rooms/word-list.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { findParticipant } from '../participants/participant.queries.ts';
import { authorOf, requireVoice } from '../participants/participant.rules.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { newId } from '../platform/new-id.ts';
import { getSessionOfEvent } from '../sessions/session.queries.ts';
import { QuestionModel, type Question } from './question.model.ts';
import { shownQuestion } from './question.rules.ts';
import { tellQuestions } from './tell-question.ts';

export type AskQuestionInput = Omit<LiveMessage<'question:ask'>, 'eventId'>;

/** Asks a question, by name or without. Asked again with the same client id it is the same question. */
export async function askQuestion(
  { event, me }: Pick<InRoom, 'event' | 'me'>,
  input: AskQuestionInput,
  deps: Deps,
): Promise<LiveQuestion> {
  const question = await againOnDuplicate(() =>
    deps.transaction(async () => {
      const own = { eventId: event._id, askedBy: me._id, clientId: input.clientId };
      const known = await QuestionModel.findOne(own).lean();
      if (known) return known;
      const now = deps.clock.now();
      const { room, words } = await getLiveRoomSettings(event._id);
      // As they are now: a moderator may have told them to be silent since they pressed.
      const author = (await findParticipant(event._id, me._id)) ?? me;
      requireVoice(author, now);
      if (!room.areQuestionsOpen) throw new AppError('forbidden', 'Questions are closed just now.');
      if (input.isAnonymous && !room.allowsAnonymousQuestions)
        throw new AppError('forbidden', 'Questions without a name are not taken here. Ask with your name.');
      if (wordListCheck(words)(input.text))
        throw new AppError(
          'forbidden',
          'There is a word in your question that is not used here. Please put it another way.',
        );
      requireStage(event, input.stageId);
      // Of an event with stages it would be on none of them, for nobody to see.
      if (!isStageOf(event, input.stageId))
        throw new AppError('bad-request', 'Choose the stage that your question is for.');
      if (input.sessionId !== null) await getSessionOfEvent(event._id, input.sessionId);
      const after: Question = {
        _id: newId(),
        ...own,
        organiserId: event.organiserId,
        stageId: input.stageId,
        sessionId: input.sessionId,
        text: input.text,
        author: input.isAnonymous ? null : authorOf(author),
        askedAt: now,
        state: room.areQuestionsModerated ? 'queue' : 'visible',
        archivedFrom: null,
        votes: 0,
        answer: null,
        assignedTo: null,
        mergedInto: null,
        mergedCount: 0,
        revision: 1,
      };
      await QuestionModel.create([after]);
      await tellQuestions(event._id, [{ before: null, after }], now);
      return after;
    }),
  );
  return shownQuestion(question, 'viewers');
}
