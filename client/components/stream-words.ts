import type { StageShows } from '../../server/contracts/stage-picture.ts';
import type { InputHealth, StreamHealth, StreamWarning } from '../../server/contracts/stream-health.ts';

/** What is wrong, and what whoever runs the encoder can do about it. */
export const adviceOf: Readonly<Record<StreamWarning, string>> = {
  'key-frames-rare': 'Key frames are rare. Set the key-frame interval to 2 s.',
  'no-key-frame':
    'No key frame came for 10 s, so nobody can start to watch. Restart the stream in the encoder.',
  'no-audio': 'There is no sound. Add an audio source, and check that it is not muted.',
  'no-video': 'There is sound and no picture. Check the camera or the scene.',
  'frames-late': 'Frames come late. Close other programs, or choose a faster encoder preset.',
  'timestamps-jump': 'The encoder’s clock jumps. Restart the stream in the encoder.',
  'bitrate-high': 'The bitrate is higher than many lines can carry. Set it to 2,500 kb/s.',
  'bitrate-low': 'Little arrives. Check the upload of this network; a cable is better than wireless.',
  'audio-video-apart': 'Sound and picture are apart. Restart the stream in the encoder.',
  'disk-low': 'The server’s disk is nearly full. Recording stops when it is.',
  'recording-less': 'The server’s disk is nearly full: only the best quality is recorded.',
  'recording-stopped': 'Recording stopped: the server’s disk is full. Viewers still see the stream.',
  'storage-away': 'Recordings cannot be moved to the storage just now. They wait on the server’s disk.',
  'rungs-off': 'There is one quality only: ffmpeg is not installed on the server.',
  'rungs-dropped': 'The server is busy, so lower qualities are off for now.',
};

export const stateInWords: Readonly<Record<StreamHealth['state'], string>> = {
  idle: 'Nothing comes in',
  connecting: 'Connecting',
  live: 'Receiving',
  stalled: 'No picture for some seconds',
  reconnecting: 'The encoder is away; it may come back',
  ended: 'Ended',
};

const nameOf = { encoder: 'encoder', studio: 'studio', external: 'other player' } as const;

/** How a stream is: what comes in while the stage shows something else is well, and no encoder is away. */
export function healthInWords({ state, onAir, waitsFor, inputs }: StreamHealth): string {
  if (waitsFor && (onAir || inputs.length > 0))
    return `Waiting for the ${nameOf[waitsFor]}’s picture; viewers ${onAir ? `still see the ${nameOf[onAir]}` : 'see none yet'}`;
  const isKept = onAir === null && inputs.some((input) => input.state === 'live');
  return isKept ? 'Receiving, kept from viewers' : stateInWords[state];
}

export const showsInWords: Readonly<Record<StageShows, string>> = {
  encoder: 'Encoder',
  studio: 'Browser studio',
  external: 'Other player',
  slate: 'Slate',
  nothing: 'Nothing',
};

const kindInWords = { rtmp: 'RTMP', whip: 'WHIP', recorder: 'browser' } as const;

/** "2,480 kb/s" */
export const bitrateInWords = (bitsPerSecond: number): string =>
  `${Math.round(bitsPerSecond / 1_000).toLocaleString('en-GB')} kb/s`;

/** "1.9 s" */
export const secondsInWords = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** One way in, as rows of a list: what it is, and the figure. */
export function inputRows(input: InputHealth): readonly { name: string; value: string }[] {
  const { width, height, keyFrameEvery, lastFrameAgo } = input;
  return [
    { name: 'Comes by', value: kindInWords[input.kind] },
    { name: 'Bitrate', value: bitrateInWords(input.bitsPerSecond) },
    { name: 'Frames', value: `${Math.round(input.framesPerSecond)} a second` },
    { name: 'Resolution', value: width && height ? `${width} × ${height}` : 'not known yet' },
    {
      name: 'Key frames',
      value: keyFrameEvery === null ? 'not known yet' : `every ${keyFrameEvery.toFixed(1)} s`,
    },
    { name: 'Last frame', value: lastFrameAgo === null ? 'none yet' : `${secondsInWords(lastFrameAgo)} ago` },
    {
      name: 'Codecs',
      value: codecsInWords(input),
    },
    { name: 'Dropped', value: String(input.dropped) },
  ];
}

/** "H.264, AAC": what RFC 6381 writes as `avc1.64001f` and `mp4a.40.2`. */
function codecsInWords({ videoCodec, audioCodec }: InputHealth): string {
  const name = (codec: string) =>
    codec.startsWith('avc1') ? 'H.264' : codec.startsWith('mp4a') ? 'AAC' : codec === 'opus' ? 'Opus' : codec;
  const codecs = [videoCodec, audioCodec].flatMap((codec) => (codec ? [name(codec)] : []));
  return codecs.join(', ') || 'not known yet';
}
