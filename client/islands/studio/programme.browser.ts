import { openCanvas, readFrames, type LiveFrames } from './live-frames.browser.ts';
import { fitPicture, placePictures, type Layout, type PictureName } from './programme-layout.ts';

/** What is drawn, as it is at the moment of drawing. */
export interface ProgrammeLook {
  readonly layout: Layout;
  readonly isHidden: boolean;
  readonly banner: { readonly name: string; readonly note: string } | null;
}

export interface Programme {
  readonly stream: MediaStream;
  show(name: PictureName, track: MediaStreamTrack | null): void;
  /** Sound of a source; null takes it out. */
  hear(name: 'microphone' | 'screen', track: MediaStreamTrack | null): void;
  mute(isMuted: boolean): void;
  /** 0 to 1: how loud the microphone is. */
  level(): number;
}

/** 16:9, as small as viewers on telephones need and as large as a laptop draws and encodes without a fan. */
const size = { width: 1280, height: 720 } as const;

/** One picture and one sound made of camera, screen and microphone. Call it at a press: browsers want one for sound. */
export function openProgramme(look: () => ProgrammeLook): Programme | null {
  const canvas = openCanvas(size.width, size.height);
  if (!canvas) return null;
  const frames: Record<PictureName, LiveFrames | null> = { camera: null, screen: null };
  const audio = new AudioContext({ sampleRate: 48_000 });
  void audio.resume();
  const output = audio.createMediaStreamDestination();
  const volume = audio.createGain();
  const meter = audio.createAnalyser();
  meter.fftSize = 1_024;
  volume.connect(output);
  const samples = new Float32Array(meter.fftSize);
  const sources: Record<string, MediaStreamAudioSourceNode | null> = {};

  const draw = () => {
    const { layout, isHidden, banner } = look();
    const { context } = canvas;
    context.fillStyle = '#0d1519';
    context.fillRect(0, 0, size.width, size.height);
    const pictures = {
      camera: isHidden ? null : (frames.camera?.picture() ?? null),
      screen: frames.screen?.picture() ?? null,
    };
    const has = { camera: pictures.camera !== null, screen: pictures.screen !== null };
    for (const place of placePictures(layout, has, size)) {
      const picture = pictures[place.picture];
      const drawing = picture && fitPicture(picture, place);
      if (!drawing) continue;
      const { from, to } = drawing;
      context.drawImage(
        picture.image,
        from.x,
        from.y,
        from.width,
        from.height,
        to.x,
        to.y,
        to.width,
        to.height,
      );
    }
    if (banner) drawBanner(context, banner);
    canvas.show();
  };
  const worker = new Worker(new URL('./tick.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', draw);

  return {
    stream: new MediaStream([canvas.track, ...output.stream.getAudioTracks()]),
    show(name, track) {
      frames[name]?.stop();
      frames[name] = track && readFrames(track);
    },
    hear(name, track) {
      sources[name]?.disconnect();
      const source = (sources[name] = track && audio.createMediaStreamSource(new MediaStream([track])));
      if (name === 'microphone') source?.connect(meter);
      source?.connect(name === 'microphone' ? volume : output);
    },
    mute: (isMuted) => void (volume.gain.value = isMuted ? 0 : 1),
    level() {
      meter.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // -60 dB is silence, 0 dB as loud as it gets.
      return power === 0 ? 0 : Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / 60));
    },
  };
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function drawBanner(
  context: Context,
  { name, note }: { readonly name: string; readonly note: string },
): void {
  if (!name && !note) return;
  const [left, bottom, padding] = [48, size.height - 48, 24];
  const height = note ? 104 : 72;
  const widest = size.width / 2;
  context.textBaseline = 'alphabetic';
  context.font = '600 34px system-ui, sans-serif';
  const nameWidth = context.measureText(name).width;
  context.font = '400 24px system-ui, sans-serif';
  const width = Math.min(widest, Math.max(nameWidth, context.measureText(note).width)) + 2 * padding;
  context.fillStyle = 'rgb(13 21 25 / 0.86)';
  context.fillRect(left, bottom - height, width, height);
  context.fillStyle = '#f4f1ea';
  context.fillText(note, left + padding, bottom - 24, widest);
  context.font = '600 34px system-ui, sans-serif';
  context.fillText(name, left + padding, bottom - (note ? 60 : 24), widest);
}
