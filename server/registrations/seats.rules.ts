/** What may still be sold. An organiser may lower the capacity below what is taken: then nothing is, until places come back. */
export function remainingSeats(capacity: number | null, taken: number): number | null {
  return capacity === null ? null : Math.max(0, capacity - taken);
}
