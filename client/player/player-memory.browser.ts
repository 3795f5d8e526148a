import { firstChoices, type PlayerChoices } from './player-source.ts';

const key = 'player-choices';

/** What this browser's viewer chose before; a browser that keeps nothing begins anew. */
export function readChoices(): PlayerChoices {
  try {
    return { ...firstChoices, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<PlayerChoices>) };
  } catch {
    return firstChoices;
  }
}

export function keepChoices(choices: PlayerChoices): void {
  try {
    localStorage.setItem(key, JSON.stringify(choices));
  } catch {
    // Private windows refuse: then it holds for this page.
  }
}
