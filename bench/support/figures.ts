/** Prints one line a figure, the last thing a benchmark says. `target` null: no target, only a figure. */
export function printFigure(
  bench: string,
  figure: string,
  value: number,
  target: { most: number } | { least: number } | null,
): void {
  const isMet = target === null || ('most' in target ? value <= target.most : value >= target.least);
  const wanted = target === null ? 'none' : 'most' in target ? `<= ${target.most}` : `>= ${target.least}`;
  console.log(`${bench} | ${figure} | ${round(value)} | ${wanted} | ${isMet ? 'ok' : 'short'}`);
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const round = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
