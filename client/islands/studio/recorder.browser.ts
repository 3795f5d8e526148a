import { whoEnded } from './line-words.ts';
import type { Published } from './studio.store.ts';

const mimeType = 'video/mp4;codecs=avc1.42E01F,opus';
const sliceMs = 300;
const patienceMs = 8_000;
const bitrates = { videoBitsPerSecond: 1_800_000, audioBitsPerSecond: 96_000 } as const;
/** Five seconds of both. */
const mostWaitingBytes = ((bitrates.videoBitsPerSecond + bitrates.audioBitsPerSecond) / 8) * 5;
/** Codes that say that another try will not help (see the server's recorder). */
const busy = 4409;
const refusals = [1003, 1008, 4403, busy, 4410, 4429];

/** Publishes what the browser records over the page's own port: a second later than WHIP, where nothing else gets through. */
export async function publishByRecorder(programme: MediaStream, ticket: string): Promise<Published> {
  if (!('MediaRecorder' in window) || !MediaRecorder.isTypeSupported(mimeType))
    return { ok: false, reason: 'no-way', message: cannotRecord };
  const address = new URL(`/live/recorder?ticket=${encodeURIComponent(ticket)}`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const line = new WebSocket(address);
  line.binaryType = 'arraybuffer';
  const closed = new Promise<CloseEvent>((resolve) => line.addEventListener('close', resolve));
  const isReady = await Promise.race([
    new Promise<true>((resolve) => line.addEventListener('message', () => resolve(true), { once: true })),
    closed.then((event) => event),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs)),
  ]);
  if (isReady !== true) {
    line.close();
    if (isReady && refusals.includes(isReady.code))
      return { ok: false, reason: isReady.code === busy ? 'busy' : 'refused', message: isReady.reason };
    return { ok: false, reason: 'no-way', message: isReady?.reason || noWay };
  }

  // Chromium hands out what it records up to the next key frame. Two of these fill a segment, just.
  const options = { mimeType, ...bitrates, videoKeyFrameIntervalDuration: 960 };
  const recorder = new MediaRecorder(programme, options);
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  let message: string | null = null;
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (line.readyState !== WebSocket.OPEN || data.size === 0) return;
    if (line.bufferedAmount > mostWaitingBytes) {
      message = tooSlow;
      line.close(4000, 'too slow');
    } else line.send(data);
  });
  recorder.addEventListener('error', () => line.close(4000, 'recorder failed'));
  recorder.start(sliceMs);
  const ended = closed.then(({ code, reason }) => {
    stop();
    return { message: message ?? (refusals.includes(code) ? whoEnded(reason) : null) };
  });
  const close = () => {
    recorder.addEventListener('stop', () => {
      if (line.readyState === WebSocket.OPEN) line.send('finish');
      setTimeout(() => line.close(1000), 1_000);
    });
    stop();
  };
  return { ok: true, publication: { ended, close } };
}

const cannotRecord =
  'Your network lets no live picture through the quick way, and this browser cannot send it the other way. Use Chrome or Edge, or another network.';
const noWay = 'The server could not be reached. Look at your network and try again.';
const tooSlow =
  'Your network takes the picture more slowly than it is made. Use a cable or another network, then go on air again.';
