import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { LivePoll, PollChoice, PollTally } from '../../../server/contracts/live-polls.ts';
import type { Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';
import { notConnected, type PersonStore } from './person.store.ts';

const nothing: PollChoice = { optionIds: [], word: null };

export interface PollsStore {
  readonly open: ReadonlySignal<readonly LivePoll[]>;
  readonly closed: ReadonlySignal<readonly LivePoll[]>;
  readonly problems: Signal<ReadonlyMap<string, string>>;
  /** What stands in the form: what was picked here, or how this person voted. */
  draft(pollId: string): PollChoice;
  pick(poll: LivePoll, optionId: string, isOn: boolean): void;
  write(pollId: string, word: string): void;
  /** How this person voted; null when they have not. */
  choice(pollId: string): PollChoice | null;
  /** The form stands open, to vote or to vote anew. */
  isVoting(poll: LivePoll): boolean;
  change(pollId: string): void;
  vote(poll: LivePoll): Promise<void>;
  /** What this person may see of the result now. */
  tally(poll: LivePoll): PollTally | null;
  /** Asks again for results that only voters see. */
  settle(): void;
}

const refreshMs = 10_000;

export function createPolls(live: LiveStore, person: PersonStore, ask: Ask): PollsStore {
  const drafts = signal<ReadonlyMap<string, PollChoice>>(new Map());
  const voted = signal<ReadonlyMap<string, { choice: PollChoice; tally: PollTally | null }>>(new Map());
  const changing = signal<ReadonlySet<string>>(new Set());
  const problems = signal<ReadonlyMap<string, string>>(new Map());
  let refreshedAt = 0;

  const onStage = computed(() =>
    live.snapshot.value.polls.filter(({ stageId }) => stageId === null || stageId === live.stageId.value),
  );
  const newestFirst = (at: 'openedAt' | 'closedAt') => (one: LivePoll, other: LivePoll) =>
    (one[at] ?? '') < (other[at] ?? '') ? 1 : -1;
  const told = (pollId: string) => person.mine.value?.pollChoices.find((one) => one.pollId === pollId);
  const choice = (pollId: string) => voted.value.get(pollId)?.choice ?? told(pollId)?.choice ?? null;
  const draft = (pollId: string) => drafts.value.get(pollId) ?? choice(pollId) ?? nothing;
  const keep = (pollId: string, next: PollChoice) =>
    void (drafts.value = new Map([...drafts.value, [pollId, next]]));
  const say = (pollId: string, problem: string | null) => {
    const next = new Map(problems.value);
    if (problem) next.set(pollId, problem);
    else next.delete(pollId);
    problems.value = next;
  };
  const tally = (poll: LivePoll) => {
    if (poll.results === 'organisers') return null;
    const own = voted.value.get(poll.id)?.tally ?? told(poll.id)?.tally ?? null;
    return poll.tally ?? (poll.results === 'after-voting' ? own : null);
  };

  return {
    open: computed(() => onStage.value.filter(({ state }) => state === 'open').sort(newestFirst('openedAt'))),
    closed: computed(() =>
      onStage.value.filter(({ state }) => state === 'closed').sort(newestFirst('closedAt')),
    ),
    problems,
    draft,
    pick(poll, optionId, isOn) {
      const others = poll.kind === 'multiple' ? draft(poll.id).optionIds.filter((id) => id !== optionId) : [];
      keep(poll.id, { optionIds: isOn ? [...others, optionId] : others, word: null });
    },
    write: (pollId, word) => keep(pollId, { optionIds: [], word }),
    choice,
    isVoting: (poll) => poll.state === 'open' && (choice(poll.id) === null || changing.value.has(poll.id)),
    change: (pollId) => void (changing.value = new Set([...changing.value, pollId])),
    async vote(poll) {
      const { optionIds, word } = draft(poll.id);
      const picked: PollChoice =
        poll.kind === 'word' ? { optionIds: [], word: (word ?? '').trim() } : { optionIds, word: null };
      if (picked.optionIds.length === 0 && !picked.word)
        return say(poll.id, poll.kind === 'word' ? 'Write one word first' : 'Choose an answer first');
      const answer = await ask('poll:vote', { pollId: poll.id, choice: picked });
      if (!answer?.ok) return say(poll.id, answer?.message ?? notConnected);
      voted.value = new Map([...voted.value, [poll.id, { choice: picked, tally: answer.tally }]]);
      changing.value = new Set([...changing.value].filter((id) => id !== poll.id));
      say(poll.id, null);
    },
    tally,
    settle() {
      if (live.now.value - refreshedAt < refreshMs) return;
      refreshedAt = live.now.value;
      for (const poll of onStage.value) {
        const own = choice(poll.id);
        if (poll.state !== 'open' || poll.results !== 'after-voting' || !own) continue;
        void ask('poll:results', { pollId: poll.id }).then((answer) => {
          if (answer?.ok)
            voted.value = new Map([
              ...voted.value,
              [poll.id, { choice: choice(poll.id) ?? own, tally: answer.tally }],
            ]);
        });
      }
    },
  };
}
