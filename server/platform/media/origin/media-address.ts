/** What an address under `/live/t/` asks for, whoever asks. */
type MediaTarget = { readonly scope: string; readonly streamId: string } & (
  | { readonly kind: 'multivariant'; readonly runId: string }
  | { readonly kind: 'playlist'; readonly runId: string; readonly rung: string }
  | { readonly kind: 'object'; readonly runId: string; readonly rung: string; readonly name: string }
  | ({ readonly range: Range } & (
      | { readonly kind: 'replay-multivariant' }
      | { readonly kind: 'replay-playlist'; readonly rung: string }
      | {
          readonly kind: 'replay-object';
          readonly runId: string;
          readonly rung: string;
          readonly name: string;
        }
      | { readonly kind: 'file'; readonly name: string }
    ))
);
export type ReplayTarget = Extract<MediaTarget, { readonly range: Range }>;
export interface MediaAddress {
  readonly token: string;
  readonly target: MediaTarget;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const id = '[\\w-]{8,64}';
const rung = '[\\w-]{1,32}';
const object = '(?:init-\\d{1,9}\\.mp4|s\\d{1,9}(?:\\.p\\d{1,4})?\\.m4s)';
const whole = new RegExp(`^((${id})(?:~([0-9a-z]{1,9})~([0-9a-z]{1,9})(?:~${id}(?:~(${id}))?)?)?)/(.+)$`);
const live = new RegExp(`^(${id})/(?:(main\\.m3u8)|(${rung})/(?:(live\\.m3u8)|(${object})))$`);
const replay = new RegExp(
  `^(?:(main\\.m3u8)|(${rung})\\.m3u8|file/((${id})(?:\\.mp4|-\\d{1,2}\\.jpg))|(${id})/(${rung})/(${object}))$`,
);

const prefix = '/live/t/';
/** What thousands ask for within the same second differs only in their tokens. */
const mostRead = 500;
const read = new Map<string, MediaTarget | null>();

/**
 * Reads a path (without its query); null: nothing of ours is there. Nothing is decoded, so `..` never is a name. The token is
 * as it came.
 */
export function readMediaAddress(path: string): MediaAddress | null {
  const end = path.indexOf('/', prefix.length);
  if (end < 0 || !path.startsWith(prefix)) return null;
  const asked = path.slice(end + 1);
  let target = read.get(asked);
  if (target === undefined) {
    target = readTarget(asked);
    if (read.size >= mostRead) read.delete(read.keys().next().value ?? '');
    if (asked.length < 300) read.set(asked, target);
  }
  return target && { token: path.slice(prefix.length, end), target };
}

function readTarget(asked: string): MediaTarget | null {
  const [, scope = '', streamId = '', from, to, fileId, rest = ''] = whole.exec(asked) ?? [];
  if (!streamId) return null;
  if (from === undefined || to === undefined) {
    const [, runId = '', main, rungName = '', playlist, name] = live.exec(rest) ?? [];
    const common = { scope, streamId, runId };
    if (main) return { ...common, kind: 'multivariant' };
    if (playlist) return { ...common, kind: 'playlist', rung: rungName };
    return name ? { ...common, kind: 'object', rung: rungName, name } : null;
  }
  const [, main, rungOfPlaylist, file, idOfFile, runId = '', rungName = '', name] = replay.exec(rest) ?? [];
  const range = { from: parseInt(from, 36), to: parseInt(to, 36) };
  const common = { scope, streamId, range };
  if (main) return { ...common, kind: 'replay-multivariant' };
  if (rungOfPlaylist) return { ...common, kind: 'replay-playlist', rung: rungOfPlaylist };
  // Files of all replays of a stream lie together: the right to one is no right to another.
  if (file) return idOfFile === fileId ? { ...common, kind: 'file', name: file } : null;
  return name ? { ...common, kind: 'replay-object', runId, rung: rungName, name } : null;
}

/** Whose pictures an address is about, for one that is refused before it is understood. */
export const looksLikeMedia = (path: string): boolean => path.startsWith('/live/t/');
