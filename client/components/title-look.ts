/** Long words and long titles are set smaller, so that a cover is read and not spelled. */
export function titleLook(title: string): 'is-long' | undefined {
  const longestWord = Math.max(0, ...title.split(/[\s\u00ad-]+/u).map((word) => word.length));
  return longestWord > 16 || title.length > 60 ? 'is-long' : undefined;
}
