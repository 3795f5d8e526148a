/** Places of what was sent, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What of the places 0 to `sent` (that one left out) was not kept. `kept` rises. */
export function findMissing(kept: readonly number[], sent: number): readonly Stretch[] {
  const ends = [-1, ...kept, Math.max(sent, (kept.at(-1) ?? -1) + 1)];
  return ends.slice(1).flatMap((place, index) => {
    const stretch = { from: (ends[index] ?? 0) + 1, to: place - 1 };
    return stretch.to >= stretch.from ? [stretch] : [];
  });
}

export const isWithin = ({ from, to }: Stretch, all: readonly Stretch[]): boolean =>
  all.some((one) => one.from <= from && to <= one.to);

/** Where it stops to rise; null: it never does. */
export const fallOf = (places: readonly number[]): number | null =>
  places.find((place, index) => index > 0 && place <= (places[index - 1] ?? -1)) ?? null;
