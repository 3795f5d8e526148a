/** True when a write failed because a unique index already holds its key (MongoDB 11000); `index` narrows it down. */
export function isDuplicateKey(error: unknown, index?: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 11000) return false;
  return index === undefined || error.message.includes(index);
}
