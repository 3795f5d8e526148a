import { chatReaction, type ChatMessage, type ChatReaction } from '../contracts/live-chat.ts';
import { foldedWords } from '../contracts/folded-text.ts';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type { RoomSettings } from '../contracts/live-room-settings.ts';
import { AppError } from '../contracts/problem.ts';
import { refusalToSpeak } from '../participants/participant.rules.ts';

/** Who hears a channel. */
export const audiencesOf = (channel: 'stage' | 'backstage'): readonly LiveAudience[] =>
  channel === 'backstage' ? ['backstage', 'moderators'] : ['viewers', 'moderators'];

const excerptLength = 80;
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= excerptLength
    ? line
    : `${characters
        .slice(0, excerptLength - 1)
        .join('')
        .trimEnd()}…`;
}

/** Only what somebody chose. */
export function shownReactions(counts: Partial<Record<ChatReaction, number>>): ChatMessage['reactions'] {
  const shown: ChatMessage['reactions'] = {};
  for (const kind of chatReaction.options) {
    const count = counts[kind] ?? 0;
    if (count > 0) shown[kind] = count;
  }
  return shown;
}

/** A message that is about to be written, and what is known when it is decided. */
interface Standing {
  readonly channel: 'stage' | 'backstage';
  readonly isModerator: boolean;
  readonly room: RoomSettings;
  /** As the transaction has read it. */
  readonly author: { readonly bannedAt?: Date | null; readonly silencedUntil?: Date | null };
  readonly lastPostAt: Date | null;
  readonly hasListedWord: boolean;
  readonly now: Date;
}

/** Why somebody may not write this now; null when they may. Backstage has no slow mode, and stays open. */
export function refusalToWrite(standing: Standing): AppError | null {
  const { channel, isModerator, room, author, lastPostAt, hasListedWord, now } = standing;
  const mute = refusalToSpeak(author, now);
  if (mute) return mute;
  if (channel === 'backstage') return null;
  if (!room.isChatOpen && !isModerator) return new AppError('forbidden', 'The chat is closed just now.');
  if (hasListedWord)
    return new AppError(
      'forbidden',
      'There is a word in your message that is not used here. Please put it another way.',
    );
  const waitMs =
    isModerator || !lastPostAt ? 0 : lastPostAt.getTime() + room.slowModeSeconds * 1000 - now.getTime();
  if (waitMs <= 0) return null;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  return new AppError(
    'too-many-requests',
    `The chat is in slow mode. You can write again in ${inSeconds(retryAfterSeconds)}.`,
    { retryAfterSeconds },
  );
}

const inSeconds = (seconds: number) => (seconds === 1 ? 'a second' : `${seconds} seconds`);

const mostMentions = 5;
const longestName = 4;

/** For each @ of a text, the names that may follow it, the longest first and folded. */
export function namesMentioned(text: string): string[][] {
  return [...text.matchAll(/@/g)].slice(0, mostMentions).map(({ index }) => {
    const words = foldedWords(text.slice(index + 1, index + 121).split('@')[0] ?? '').slice(0, longestName);
    return words.map((_, count) => words.slice(0, words.length - count).join(' '));
  });
}

/** What a deleted message loses. */
export const erased = {
  text: '',
  replyTo: null,
  mentions: [],
  isPinned: false,
  reportCount: 0,
  reportReason: '',
};
