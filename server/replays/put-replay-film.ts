import type { Actor } from '../contracts/actor.ts';
import type { KeptFilm } from '../platform/uploads/keep-film.ts';
import { changeReplay, type ChangeReplayResult, type ReplayAt, type ReplayDeps } from './change-replay.ts';

/** Puts a film in the place of the recording; null: the recording again. The caller removes the file that went. */
export async function putReplayFilm(
  actor: Actor,
  input: ReplayAt & { readonly film: KeptFilm | null },
  deps: ReplayDeps,
): Promise<ChangeReplayResult<'nothing-there'>> {
  const { film } = input;
  return changeReplay<'nothing-there'>(
    actor,
    input,
    {
      action: film ? 'replay:replaced' : 'replay:restored',
      decide(replay, at) {
        // Without its film there would be a page with nothing to watch.
        if (!film && replay.publishedAt && replay.status !== 'ready') return Promise.resolve('nothing-there');
        return Promise.resolve({ set: { upload: film && { ...film, at } } });
      },
    },
    deps,
  );
}
