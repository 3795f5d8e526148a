import type { Cue } from '../captions/web-vtt.rules.ts';
import { foldedWords } from '../contracts/folded-text.ts';

/** Different words of one replay: an hour of talk has about two thousand. */
const mostWords = 5_000;

/** What the search finds of what is said. */
export function spokenWordsOf(cues: readonly Cue[]): string[] {
  const words = new Set<string>();
  for (const { text } of cues)
    for (const word of foldedWords(text)) {
      if (words.size >= mostWords) return [...words];
      if (word.length > 1) words.add(word.slice(0, 40));
    }
  return [...words];
}
