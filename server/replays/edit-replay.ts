import type { Actor } from '../contracts/actor.ts';
import { changeReplay, type ChangeReplayResult, type ReplayAt, type ReplayDeps } from './change-replay.ts';
import { lengthOfReplay } from './replay.rules.ts';
import { requestReplayFile } from './request-replay-file.ts';

/** Something must be left to watch. */
const shortestMs = 1_000;

/** Cuts off the ends of a replay and names its chapters, whose times are those that people will see. */
export async function editReplay(
  actor: Actor,
  input: ReplayAt & {
    readonly trimStart: number;
    readonly trimEnd: number;
    readonly chapters: readonly { readonly at: number; readonly title: string }[];
  },
  deps: ReplayDeps,
): Promise<ChangeReplayResult<'nothing-left' | 'chapter-outside'>> {
  const { trimStart, trimEnd, chapters } = input;
  return changeReplay<'nothing-left' | 'chapter-outside'>(
    actor,
    input,
    {
      action: 'replay:edited',
      decide(replay, at) {
        const cut = { ...replay, trimStart, trimEnd };
        const length = lengthOfReplay(cut);
        if (length < shortestMs) return Promise.resolve('nothing-left');
        if (chapters.some((chapter) => chapter.at >= length)) return Promise.resolve('chapter-outside');
        const offset = replay.upload ? 0 : trimStart;
        const stored = chapters.map((chapter) => ({ at: chapter.at + offset, title: chapter.title }));
        const isCutAnew = trimStart !== replay.trimStart || trimEnd !== replay.trimEnd;
        return Promise.resolve({
          set: { trimStart, trimEnd, chapters: stored as typeof replay.chapters },
          after: async () => {
            if (isCutAnew && replay.status === 'ready') await requestReplayFile(replay, at);
          },
        });
      },
    },
    deps,
  );
}
