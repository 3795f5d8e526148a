import type { Actor } from '../contracts/actor.ts';
import type { ReplayVisibility } from '../contracts/replay-form.ts';
import { changeReplay, type ChangeReplayResult, type ReplayAt, type ReplayDeps } from './change-replay.ts';
import { listCuesOfReplay } from './replay.queries.ts';
import { isWatchable } from './replay.rules.ts';
import { spokenWordsOf } from './spoken-words.rules.ts';

/** Shows a replay to those it is for, or takes it back. */
export async function publishReplay(
  actor: Actor,
  input: ReplayAt & {
    readonly isPublished: boolean;
    readonly visibility: ReplayVisibility;
    readonly isDownloadable: boolean;
  },
  deps: ReplayDeps,
): Promise<ChangeReplayResult<'nothing-there'>> {
  const { isPublished, visibility, isDownloadable } = input;
  return changeReplay<'nothing-there'>(
    actor,
    input,
    {
      action: isPublished ? 'replay:published' : 'replay:unpublished',
      async decide(replay, at) {
        if (isPublished && !isWatchable(replay)) return 'nothing-there';
        // Captions that came in after the end are found too.
        const spokenWords = spokenWordsOf(await listCuesOfReplay(replay));
        const publishedAt = isPublished ? (replay.publishedAt ?? at) : null;
        return { set: { publishedAt, visibility, isDownloadable, spokenWords } };
      },
    },
    deps,
  );
}
