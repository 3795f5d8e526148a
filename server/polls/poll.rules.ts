import { oneLine } from '../contracts/form-text.ts';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type {
  LivePoll,
  PollChoice,
  PollKind,
  PollResults,
  PollState,
  PollTally,
} from '../contracts/live-polls.ts';
import { liveText } from '../contracts/live-text.ts';

interface KeptPoll {
  readonly _id: string;
  readonly stageId?: string | null;
  readonly kind: PollKind;
  readonly question: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly state: PollState;
  readonly results: PollResults;
  readonly openedAt?: Date | null;
  readonly closedAt?: Date | null;
  readonly closesAt?: Date | null;
  readonly voters: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly revision: number;
}
type Words = PollTally['words'];

export const tallyOf = (poll: KeptPoll, words: Words): PollTally => ({
  voters: poll.voters,
  counts: poll.options.map(({ id }) => ({ optionId: id, votes: poll.counts[id] ?? 0 })),
  words,
});

type Shown = Pick<KeptPoll, 'state' | 'results'>;

/** Whether everybody of an audience may see the result now. */
export function seesTally(audience: LiveAudience, { state, results }: Shown): boolean {
  if (audience === 'moderators') return true;
  if (state === 'draft' || results === 'organisers') return false;
  return results === 'live' || state === 'closed';
}

/** Whether somebody who has voted may see it now. */
export const voterSeesTally = (poll: Shown): boolean =>
  seesTally('viewers', poll) || (poll.results === 'after-voting' && poll.state === 'open');

export const seesPoll = (audience: LiveAudience, { state }: Pick<KeptPoll, 'state'>): boolean =>
  audience === 'moderators' || state !== 'draft';

export function shownPoll(poll: KeptPoll, tally: PollTally, audience: LiveAudience): LivePoll {
  return {
    id: poll._id,
    stageId: poll.stageId ?? null,
    kind: poll.kind,
    question: poll.question,
    options: poll.options.map(({ id, text }) => ({ id, text })),
    state: poll.state,
    results: poll.results,
    openedAt: poll.openedAt?.toISOString() ?? null,
    closedAt: poll.closedAt?.toISOString() ?? null,
    closesAt: poll.closesAt?.toISOString() ?? null,
    tally: seesTally(audience, poll) ? tally : null,
    revision: poll.revision,
  };
}

const fewest = 2;

/** The options of a poll as they are stored, or a sentence about what is wrong with them. */
export function optionsFor(
  kind: PollKind,
  texts: readonly string[],
): { readonly options: { id: string; text: string }[] } | { readonly problem: string } {
  if (kind === 'word') return { options: [] };
  if (kind === 'rating') return { options: ['1', '2', '3', '4', '5'].map((id) => ({ id, text: id })) };
  const lines = texts.map(oneLine).filter((text) => text.length > 0);
  if (lines.length < fewest) return { problem: 'Give at least two options to choose from.' };
  if (new Set(lines.map(foldWord)).size < lines.length)
    return { problem: 'Two of the options are the same.' };
  return { options: lines.map((text, index) => ({ id: `o${index + 1}`, text })) };
}

/** How a word answer is counted: without regard to case and spaces. */
export const foldWord = (word: string): string => oneLine(word).normalize('NFKC').toLocaleLowerCase('en-GB');

/** A choice as it is stored; null when it does not fit the poll. */
export function choiceFor(poll: Pick<KeptPoll, 'kind' | 'options'>, choice: PollChoice): PollChoice | null {
  const optionIds = [...new Set(choice.optionIds)];
  if (poll.kind === 'word') {
    const read = liveText(60).safeParse(choice.word ?? '');
    return optionIds.length > 0 || !read.success ? null : { optionIds: [], word: foldWord(read.data) };
  }
  if (choice.word !== null || optionIds.length === 0) return null;
  if (poll.kind !== 'multiple' && optionIds.length > 1) return null;
  if (!optionIds.every((id) => poll.options.some((option) => option.id === id))) return null;
  return { optionIds, word: null };
}

export const isOpenAt = (
  { state, closesAt }: { readonly state: PollState; readonly closesAt?: Date | null },
  now: Date,
): boolean => state === 'open' && (!closesAt || closesAt > now);

/** By how much the counts change when these choices take the place of those; null: there was none before. */
export function countChanges(
  changed: readonly { readonly before: PollChoice | null; readonly after: PollChoice }[],
): { voters: number; options: Map<string, number>; words: Map<string, number> } {
  const options = new Map<string, number>();
  const words = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, by: number) => to.set(key, (to.get(key) ?? 0) + by);
  let voters = 0;
  for (const { before, after } of changed) {
    if (!before) voters += 1;
    for (const [choice, by] of [[before, -1] as const, [after, 1] as const]) {
      for (const id of choice?.optionIds ?? []) add(options, id, by);
      if (choice?.word) add(words, choice.word, by);
    }
  }
  for (const counts of [options, words]) for (const [key, by] of counts) if (by === 0) counts.delete(key);
  return { voters, options, words };
}
