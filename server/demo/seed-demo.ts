import type { Deps } from '../deps.ts';

/** Fills an empty installation with events worth looking at; says how the demo's organiser signs in. */
export async function seedDemo(deps: Deps): Promise<string | null> {
  deps.logger.debug('no demo yet');
  return Promise.resolve(null);
}
