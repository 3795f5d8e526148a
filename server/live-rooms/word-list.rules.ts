import { foldedWords, foldText } from '../contracts/folded-text.ts';

/** What stands for a letter where somebody wants to get past a list. */
const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Words and phrases as they are kept and compared. */
export const foldedList = (words: readonly string[]): string[] => [
  ...new Set(words.map((word) => foldedWords(word).join(' ')).filter((word) => word.length > 0)),
];

/**
 * Tells whether a text has a word of a folded list: whole words only, so that a place name with four bad letters in it
 * can be written, but also with dots, spaces or lookalikes between and for the letters.
 */
export function wordListCheck(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  const single = new Set(words.filter((word) => !word.includes(' ')));
  const phrases = words.filter((word) => word.includes(' ')).map((word) => ` ${word} `);
  return (text) => {
    const plain = foldedWords(text);
    const spread = ` ${plain.join(' ')} `;
    return (
      [...plain, ...chunksOf(text), ...spelledOut(plain)].some((word) => single.has(word)) ||
      phrases.some((phrase) => spread.includes(phrase))
    );
  };
}

/** What stands between spaces, once without what is no letter, once with lookalikes read as letters. */
function chunksOf(text: string): string[] {
  return foldText(text)
    .split(/\s+/)
    .flatMap((chunk) => {
      const read = chunk.replace(/[^\p{L}]/gu, (sign) => lookalikes[sign] ?? '');
      const ended = chunk.replace(/[!?.,;:]+$/u, '').replace(/[^\p{L}]/gu, (sign) => lookalikes[sign] ?? '');
      return [chunk.replace(/[^\p{L}\p{N}]/gu, ''), read, ended];
    });
}

/** Runs of single letters, as in "b a d". */
function spelledOut(words: readonly string[]): string[] {
  const runs: string[] = [];
  let run = '';
  for (const word of [...words, '']) {
    if ([...word].length === 1) run += word;
    else {
      if (run.length > 1) runs.push(run);
      run = '';
    }
  }
  return runs;
}
