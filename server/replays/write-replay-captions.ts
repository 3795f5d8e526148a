import type { Cue } from '../captions/web-vtt.rules.ts';
import type { Actor } from '../contracts/actor.ts';
import { changeReplay, type ChangeReplayResult, type ReplayAt, type ReplayDeps } from './change-replay.ts';
import { listCuesOfReplay } from './replay.queries.ts';
import { lengthOfReplay, storedCues } from './replay.rules.ts';
import { spokenWordsOf } from './spoken-words.rules.ts';

/**
 * Puts these captions, whose times are those that people see, in place of all that were there. null: the captioner's
 * again.
 */
export async function writeReplayCaptions(
  actor: Actor,
  input: ReplayAt & { readonly cues: readonly Cue[] | null },
  deps: ReplayDeps,
): Promise<ChangeReplayResult<'cue-outside'>> {
  return changeReplay<'cue-outside'>(
    actor,
    input,
    {
      action: 'replay:captioned',
      async decide(replay) {
        const { cues } = input;
        if (cues === null) {
          const said = await listCuesOfReplay({ ...replay, cues: null });
          return { set: { cues: null, spokenWords: spokenWordsOf(said) } };
        }
        if (cues.some(({ from }) => from >= lengthOfReplay(replay))) return 'cue-outside';
        const stored = storedCues(replay, cues) as NonNullable<typeof replay.cues>;
        return { set: { cues: stored, spokenWords: spokenWordsOf(stored) } };
      },
    },
    deps,
  );
}
