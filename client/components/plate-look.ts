export interface PlateLook {
  readonly ground: 'deep' | 'mid' | 'soft' | 'pale' | 'inked';
  readonly pattern: 'waves' | 'rings' | 'bars' | 'dots' | 'steps' | 'rays' | 'scales' | 'corners';
  /** Two numbers between 0 and 1 that set the pattern apart from others of its kind. */
  readonly turn: number;
  readonly pitch: number;
}

const grounds = ['deep', 'mid', 'soft', 'inked', 'deep', 'pale'] as const;
const patterns = ['waves', 'rings', 'bars', 'dots', 'steps', 'rays', 'scales', 'corners'] as const;

export function plateLook(seed: string): PlateLook {
  const hash = hashOf(seed);
  return {
    ground: grounds[hash % grounds.length] ?? 'deep',
    pattern: patterns[(hash >>> 4) % patterns.length] ?? 'waves',
    turn: ((hash >>> 8) % 997) / 997,
    pitch: ((hash >>> 18) % 499) / 499,
  };
}

/** "Prof. David Achebe" gives DA: titles are no part of a name's letters. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/\b(?:dr|prof|professor|sir|dame|mr|mrs|ms|miss|mx|lord|lady|baroness|cllr|rev)\b\.?/giu, ' ')
    .split(/[\s-]+/u)
    .filter((word) => /^\p{L}/u.test(word));
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toLocaleUpperCase('en-GB');
}

/** FNV-1a: stable between releases, spreads short slugs well. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) >>> 0;
}
