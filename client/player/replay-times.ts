/** One piece of a replay: where it stands in the video, and when it was live (ms since 1970). Seconds otherwise. */
export interface Piece {
  readonly start: number;
  readonly duration: number;
  readonly at: number;
}

/**
 * A replay counts from its own first picture and by the clock on the wall; its video begins a little earlier, and knows
 * nothing of the minutes in which the encoder was away.
 */
export interface ReplayTimes {
  toReplay(video: number): number;
  toVideo(replay: number): number;
}

export const sameTimes: ReplayTimes = { toReplay: (video) => video, toVideo: (replay) => replay };

/** `offset`: where the replay begins in its first piece. */
export function createReplayTimes(pieces: readonly Piece[], offset: number): ReplayTimes {
  const [first] = pieces;
  if (!first) return sameTimes;
  const zero = first.at + offset * 1_000;
  return {
    toReplay(video) {
      const piece = pieces.findLast(({ start }) => start <= video) ?? first;
      return Math.max(0, (piece.at - zero) / 1_000 + video - piece.start);
    },
    toVideo(replay) {
      const at = zero + replay * 1_000;
      const index = pieces.findLastIndex((piece) => piece.at <= at);
      const piece = pieces[index];
      if (!piece) return first.start;
      const into = (at - piece.at) / 1_000;
      // In a gap: what came after it, or the end.
      return into <= piece.duration
        ? piece.start + into
        : (pieces[index + 1]?.start ?? piece.start + piece.duration);
    },
  };
}
