import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import type { LiveFact } from '../../../server/contracts/live-facts.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';

/** What one page keeps of the chat of one stage; older messages are asked for. */
const mostMessages = 300;

/** The room after a fact. Safe to apply to a snapshot that holds it already: a snapshot may be newer than its number. */
export function applyFact(snapshot: LiveSnapshot, fact: LiveFact): LiveSnapshot {
  switch (fact.name) {
    case 'agenda:changed':
      return { ...snapshot, ...fact.agenda };
    case 'session:moved':
      return {
        ...snapshot,
        sessions: snapshot.sessions.map((session) =>
          session.id === fact.session.id && session.revision < fact.session.revision
            ? { ...session, ...fact.session }
            : session,
        ),
      };
    case 'room:changed':
      return fact.room.revision < snapshot.room.revision ? snapshot : { ...snapshot, room: fact.room };
    case 'picture:changed': {
      const { picture } = fact;
      const known = snapshot.pictures.find(({ stageId }) => stageId === picture.stageId);
      if (known && known.revision > picture.revision) return snapshot;
      const others = snapshot.pictures.filter((other) => other !== known);
      return { ...snapshot, pictures: [...others, picture] };
    }
    case 'announcement:made':
      return { ...snapshot, announcements: upsert(snapshot.announcements, fact.announcement) };
    case 'announcement:withdrawn':
      return { ...snapshot, announcements: without(snapshot.announcements, fact.announcementId) };
    case 'question:changed': {
      const known = snapshot.questions.find(({ id }) => id === fact.question.id);
      if (known && known.revision > fact.question.revision) return snapshot;
      return { ...snapshot, questions: upsert(snapshot.questions, fact.question) };
    }
    case 'question:removed':
      return { ...snapshot, questions: without(snapshot.questions, fact.questionId) };
    case 'questions:tallied': {
      const votes = new Map(fact.votes.map((entry) => [entry.id, entry.votes]));
      return {
        ...snapshot,
        questions: snapshot.questions.map((question) => ({
          ...question,
          votes: votes.get(question.id) ?? question.votes,
        })),
      };
    }
    case 'poll:changed': {
      const known = snapshot.polls.find(({ id }) => id === fact.poll.id);
      if (known && known.revision > fact.poll.revision) return snapshot;
      return { ...snapshot, polls: upsert(snapshot.polls, fact.poll) };
    }
    case 'poll:removed':
      return { ...snapshot, polls: without(snapshot.polls, fact.pollId) };
    case 'poll:tallied':
      return {
        ...snapshot,
        polls: snapshot.polls.map((poll) =>
          poll.id === fact.pollId ? { ...poll, tally: fact.tally } : poll,
        ),
      };
    case 'chat:posted':
    case 'chat:reacted':
    case 'chat:deleted':
    case 'chat:pinned':
    case 'chat:cleared':
      return applyChat(snapshot, fact);
    case 'chat:reported': {
      const others = snapshot.reports.filter(({ messageId }) => messageId !== fact.messageId);
      return { ...snapshot, reports: fact.report ? [...others, fact.report] : others };
    }
    case 'hand:raised': {
      const others = snapshot.hands.filter(({ participant }) => participant.id !== fact.hand.participant.id);
      return { ...snapshot, hands: [...others, fact.hand] };
    }
    case 'hand:lowered':
      return {
        ...snapshot,
        hands: snapshot.hands.filter(({ participant }) => participant.id !== fact.participantId),
      };
    case 'viewer:silenced': {
      const { viewer } = fact;
      const others = snapshot.silenced.filter(({ participant }) => participant.id !== viewer.participant.id);
      return { ...snapshot, silenced: viewer.isBanned || viewer.until ? [...others, viewer] : others };
    }
  }
}

type ChatFact = Extract<LiveFact, { name: `chat:${string}` }>;

function applyChat(snapshot: LiveSnapshot, fact: ChatFact): LiveSnapshot {
  const change = (messageId: string, how: (message: ChatMessage) => ChatMessage) => ({
    ...snapshot,
    chat: snapshot.chat.map((message) => (message.id === messageId ? how(message) : message)),
  });
  switch (fact.name) {
    case 'chat:posted': {
      const chat = upsert(snapshot.chat, fact.message);
      const isAlike = (message: ChatMessage) =>
        message.channel === fact.message.channel && message.stageId === fact.message.stageId;
      if (chat.filter(isAlike).length <= mostMessages) return { ...snapshot, chat };
      const oldest = chat.findIndex((message) => isAlike(message) && !message.isPinned);
      return { ...snapshot, chat: chat.filter((_, index) => index !== oldest) };
    }
    case 'chat:reacted':
      return change(fact.messageId, (message) => ({ ...message, reactions: fact.reactions }));
    case 'chat:pinned':
      return change(fact.messageId, (message) => ({ ...message, isPinned: fact.isPinned }));
    case 'chat:deleted':
      return {
        ...snapshot,
        reports: snapshot.reports.filter(({ messageId }) => messageId !== fact.messageId),
        chat: without(snapshot.chat, fact.messageId).map((message) =>
          message.replyTo?.id === fact.messageId ? { ...message, replyTo: null } : message,
        ),
      };
    case 'chat:cleared':
      return {
        ...snapshot,
        chat: snapshot.chat.filter(
          (message) => message.channel === 'backstage' || message.stageId !== fact.stageId,
        ),
      };
    case 'chat:reported':
      return snapshot;
  }
}

interface Identified {
  readonly id: string;
}
const upsert = <T extends Identified>(list: readonly T[], item: T): T[] =>
  list.some(({ id }) => id === item.id)
    ? list.map((known) => (known.id === item.id ? item : known))
    : [...list, item];
const without = <T extends Identified>(list: readonly T[], id: string): T[] =>
  list.filter((item) => item.id !== id);
