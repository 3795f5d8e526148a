import { endOf } from './read-runs.ts';
import type { Stretch } from './replay-playlists.ts';

/** Less than this between two segments is how clocks and ticks differ. */
const shortestMs = 200;
const mostHoles = 1_000;

/**
 * Where nothing was recorded between two instants, in ms since 1970: before the encoder came, while it was away. A replay
 * has no pause there, so that what was said at a time of day is that much earlier in it.
 */
export function findHoles(
  stretches: readonly Stretch[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number }[] {
  const segments = stretches.flatMap((stretch) => stretch.segments).sort((a, b) => a.at - b.at);
  const holes: { from: number; to: number }[] = [];
  let end = from;
  for (const segment of segments) {
    if (segment.at - end > shortestMs) holes.push({ from: Math.round(end), to: Math.round(segment.at) });
    end = Math.max(end, endOf(segment));
  }
  if (segments.length > 0 && to - end > shortestMs) holes.push({ from: Math.round(end), to: Math.round(to) });
  return holes.slice(0, mostHoles);
}
