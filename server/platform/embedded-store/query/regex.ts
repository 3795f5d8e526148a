import { badValue, notImplemented, StoreError } from '../errors.ts';

const KNOWN_FLAGS = new Set(['i', 'm', 's', 'u']);

/** PCRE escapes and classes that JavaScript would read as something else, silently. */
const ONLY_IN_PCRE = /\\[AZzGKQERhHVvXNa]|\[\[:|\(\*|\\g|\(\?[#&PR|>+\d-]/;

/**
 * A regular expression as MongoDB (PCRE) would read it.
 *
 * @throws StoreError 51108 for an unknown option, 51091 for a pattern that cannot be read, 238 for what only PCRE has.
 */
export function compileRegex(source: string, options: string): RegExp {
  for (const flag of options) {
    if (flag === 'x') throw notImplemented('The $regex option x');
    if (!KNOWN_FLAGS.has(flag)) throw new StoreError(51108, `invalid flag in regex options: ${flag}`);
  }
  if (source.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  if (ONLY_IN_PCRE.test(source)) throw notImplemented(`The regular expression ${source}`);
  const flags = [...new Set(options)].filter((flag) => flag !== 'u').join('');
  // With `u` a dot is a whole character as in PCRE; it also forbids harmless escapes such as `\-`.
  const regex = tryCompile(source, `${flags}u`) ?? tryCompile(source, flags);
  if (!regex) throw new StoreError(51091, `Regular expression is invalid: ${source}`);
  return regex;
}

function tryCompile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
