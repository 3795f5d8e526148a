import {
  ALL_FORMATS,
  BufferSource,
  EncodedPacketSink,
  HLS_FORMATS,
  Input,
  UrlSource,
  type InputTrack,
} from 'mediabunny';
import { hashOf } from './known-pictures.ts';
import { checkPlaylist } from './playlist-checker.ts';

/** One coded picture or frame of sound, as a reader of somebody else's found it. */
export interface RecordedFrame {
  readonly hash: string;
  /** ms since 1970 of its segment. */
  readonly at: number;
}

export interface Recorded {
  readonly complaints: readonly string[];
  readonly video: readonly RecordedFrame[];
  readonly audio: readonly RecordedFrame[];
}

/** Fetches a whole playlist of a replay, and demuxes each of its segments by itself, behind its init. */
export async function readRecorded(playlistUrl: string): Promise<Recorded> {
  const read = async (uri: string) => {
    const answer = await fetch(new URL(uri, playlistUrl));
    if (!answer.ok) throw new Error(`${uri}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const { segments, complaints } = checkPlaylist(String(await read(playlistUrl)));
  const found = { video: [] as RecordedFrame[], audio: [] as RecordedFrame[] };
  const inits = new Map<string, Buffer>();
  for (const { uri, map, at, isGap } of segments) {
    if (isGap || map === null) continue;
    const init = inits.get(map) ?? (await read(map));
    inits.set(map, init);
    const source = new BufferSource(Buffer.concat([init, await read(uri)]));
    const input = new Input({ source, formats: ALL_FORMATS });
    for (const track of await input.getTracks()) {
      const kind = track.isVideoTrack() ? 'video' : 'audio';
      for (const hash of await hashesOf(track)) found[kind].push({ hash, at });
    }
  }
  return { complaints, ...found };
}

/** The pictures of a playlist without gaps, as a reader of somebody else's finds them that follows it by itself. */
export async function readAsPlayer(playlistUrl: string): Promise<readonly string[]> {
  const input = new Input({ source: new UrlSource(playlistUrl), formats: HLS_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  const found = track ? await hashesOf(track) : [];
  input.dispose();
  return found;
}

async function hashesOf(track: InputTrack): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { data } of new EncodedPacketSink(track).packets()) found.push(hashOf(data));
  return found;
}
