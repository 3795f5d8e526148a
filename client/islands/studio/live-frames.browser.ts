/** The newest picture of a track, to be drawn at any time. */
export interface LiveFrames {
  /** null while there is none yet. */
  picture(): { readonly image: CanvasImageSource; readonly width: number; readonly height: number } | null;
  stop(): void;
}

// Chromium's; TypeScript does not know them. They work in a page that is not seen, where elements stand still.
interface TrackReader {
  readonly readable: ReadableStream<VideoFrame>;
}
interface TrackWriter extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as unknown as {
  MediaStreamTrackProcessor?: new (options: { track: MediaStreamTrack }) => TrackReader;
  MediaStreamTrackGenerator?: new (options: { kind: 'video' }) => TrackWriter;
};

export const readFrames = (track: MediaStreamTrack): LiveFrames =>
  MediaStreamTrackProcessor
    ? readByProcessor(new MediaStreamTrackProcessor({ track }))
    : readByElement(track);

function readByProcessor({ readable }: TrackReader): LiveFrames {
  const reader = readable.getReader();
  let newest: VideoFrame | null = null;
  let isStopped = false;
  const read = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      // One that was on its way; browsers stop giving when too many are kept.
      if (isStopped) return value.close();
      newest?.close();
      newest = value;
    }
  };
  // The track ended, by whatever side: the last picture stays until it is taken away.
  read().catch(() => undefined);
  return {
    picture: () => newest && { image: newest, width: newest.displayWidth, height: newest.displayHeight },
    stop() {
      isStopped = true;
      reader.cancel().catch(() => undefined);
      newest?.close();
      newest = null;
    },
  };
}

function readByElement(track: MediaStreamTrack): LiveFrames {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  video.play().catch(() => undefined);
  return {
    picture: () =>
      video.videoWidth > 0 ? { image: video, width: video.videoWidth, height: video.videoHeight } : null,
    stop: () => void (video.srcObject = null),
  };
}

/** A canvas whose every `show` is a picture of `track`. */
export function openCanvas(width: number, height: number) {
  if (!MediaStreamTrackGenerator) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    const [track] = canvas.captureStream(30).getVideoTracks();
    return context && track ? { context, track, show: () => undefined } : null;
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  let isBusy = false;
  const show = () => {
    // An encoder that is behind gets fewer pictures, not older ones.
    if (isBusy) return;
    isBusy = true;
    const frame = new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1_000) });
    writer
      .write(frame)
      .catch(() => frame.close())
      .finally(() => void (isBusy = false));
  };
  return context ? { context, track, show } : null;
}
