import type { ParticipantRole } from '../contracts/live-chat.ts';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LiveQuestion, QuestionMove, QuestionState } from '../contracts/live-questions.ts';

/** A question as it is stored, as far as the others may be shown it: who asked without a name is not in here. */
export interface KeptQuestion {
  readonly _id: string;
  readonly stageId?: string | null;
  readonly sessionId?: string | null;
  readonly text: string;
  readonly author?: { id: string; name: string; organisation: string; role: string } | null;
  readonly askedAt: Date;
  readonly state: QuestionState;
  readonly votes: number;
  readonly answer?: { text: string; by: string; at: Date } | null;
  readonly assignedTo?: string | null;
  readonly mergedCount: number;
  readonly revision: number;
}

export function shownQuestion(question: KeptQuestion, audience: LiveAudience): LiveQuestion {
  const { author, answer } = question;
  return {
    id: question._id,
    stageId: question.stageId ?? null,
    sessionId: question.sessionId ?? null,
    text: question.text,
    author: author
      ? {
          id: author.id,
          name: author.name,
          organisation: author.organisation,
          role: author.role as ParticipantRole,
        }
      : null,
    askedAt: question.askedAt.toISOString(),
    state: question.state,
    votes: question.votes,
    answer: answer ? { text: answer.text, by: answer.by, at: answer.at.toISOString() } : null,
    assignedTo: audience === 'viewers' ? null : (question.assignedTo ?? null),
    mergedCount: question.mergedCount,
    revision: question.revision,
  };
}

export const shownStates = ['visible', 'live', 'answered'] as const satisfies readonly QuestionState[];
/** While people can still say that they want to hear the answer. */
export const votableStates = ['visible', 'live'] as const satisfies readonly QuestionState[];

const isShown = ({ state }: Pick<KeptQuestion, 'state'>) => shownStates.some((shown) => shown === state);

export function maySee(audience: LiveAudience, question: KeptQuestion): boolean {
  switch (audience) {
    case 'moderators':
      return true;
    case 'backstage':
      // What was put to a speaker can be thought about before it shows.
      return isShown(question) || (Boolean(question.assignedTo) && question.state === 'queue');
    case 'viewers':
      return isShown(question);
  }
}

const moves: Readonly<
  Record<Exclude<QuestionMove, 'restore'>, { from: readonly QuestionState[]; to: QuestionState }>
> = {
  show: { from: ['queue', 'live', 'answered'], to: 'visible' },
  hide: { from: ['visible', 'live', 'answered'], to: 'queue' },
  'take-live': { from: ['queue', 'visible', 'answered'], to: 'live' },
  answer: { from: ['visible', 'live'], to: 'answered' },
  archive: { from: ['queue', 'visible', 'live', 'answered'], to: 'archived' },
};

/** The state after a move; null where the move makes no sense. What was merged stays where it went. */
export function stateAfter(
  question: {
    readonly state: QuestionState;
    readonly archivedFrom?: string | null;
    readonly mergedInto?: string | null;
  },
  move: QuestionMove,
): QuestionState | null {
  const { state, archivedFrom, mergedInto } = question;
  if (move !== 'restore') return moves[move].from.includes(state) ? moves[move].to : null;
  if (state !== 'archived' || mergedInto) return null;
  // Nobody is answering it any more.
  if (archivedFrom === 'visible' || archivedFrom === 'live') return 'visible';
  return archivedFrom === 'answered' ? 'answered' : 'queue';
}

/** Whether a change means anything to readers; a revision alone does not. */
export const looksTheSame = (before: LiveQuestion, after: LiveQuestion): boolean =>
  JSON.stringify({ ...before, revision: 0 }) === JSON.stringify({ ...after, revision: 0 });
