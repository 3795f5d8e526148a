import { badValue } from '../errors.ts';
import type { Draft } from './draft.ts';

/** `$rename`: moves a value; a missing source changes nothing. */
export function renameField(draft: Draft, source: readonly string[], target: readonly string[]): void {
  const value = draft.read(source);
  assertNoArray(draft, source, 'source');
  if (value === undefined) return;
  assertNoArray(draft, target, 'destination');
  draft.write(target, value);
  draft.remove(source);
}

function assertNoArray(draft: Draft, parts: readonly string[], role: string): void {
  for (let i = 1; i < parts.length; i += 1) {
    if (Array.isArray(draft.read(parts.slice(0, i)))) {
      throw badValue(`The ${role} field cannot be an array element, '${parts.join('.')}'`);
    }
  }
}
