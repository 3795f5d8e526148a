import { execFile } from 'node:child_process';

export type FoundFfmpeg =
  | { readonly ok: true; readonly file: string; readonly version: string }
  /** `message`: what is missing, and what the operator can do. */
  | { readonly ok: false; readonly message: string };

const wanted = ['libx264', 'aac'];

/** Looks whether an ffmpeg is there that makes H.264 and AAC. `path` null: the one in PATH. */
export async function findFfmpeg(path: string | null): Promise<FoundFfmpeg> {
  const file = path ?? 'ffmpeg';
  const version = await say(file, ['-version']);
  if (version === null)
    return {
      ok: false,
      message: path
        ? `FFMPEG_PATH is ${path}, but no ffmpeg runs there`
        : 'ffmpeg is not installed; install it, or set FFMPEG_PATH',
    };
  const encoders = (await say(file, ['-encoders'])) ?? '';
  const missing = wanted.filter((name) => !new RegExp(`^ [VA]\\S+ ${name} `, 'm').test(encoders));
  return missing.length
    ? { ok: false, message: `The ffmpeg that was found cannot make ${missing.join(' and ')}` }
    : { ok: true, file, version: /^ffmpeg version (\S+)/.exec(version)?.[1] ?? 'unknown' };
}

function say(file: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout: 10_000, maxBuffer: 1024 * 1024 };
    execFile(file, ['-hide_banner', ...args], options, (error, text) => resolve(error ? null : text));
  });
}
