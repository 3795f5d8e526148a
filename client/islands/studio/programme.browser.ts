import { openCanvas, readFrames, type LiveFrames } from './live-frames.browser.ts';
import { openMix, type Mix } from './mix.browser.ts';
import { drawBanner, drawName, type Label } from './names.browser.ts';
import { fitPicture, placePictures, type Layout } from './programme-layout.ts';

/** What is drawn, as it is at the moment of drawing. */
export interface ProgrammeLook {
  readonly layout: Layout;
  readonly isHidden: boolean;
  /** Guests on air, in order. They come after this page's own camera. */
  readonly guests: readonly string[];
  /** Who is shown where one person is: `camera`, or a guest. */
  readonly chosen: string | null;
  /** Names in the picture, of `camera` and of guests. */
  readonly labels: Readonly<Record<string, Label | undefined>>;
}

export interface Programme {
  readonly stream: MediaStream;
  readonly mix: Mix;
  /** The picture of `camera`, `screen` or a guest; null takes it out. */
  show(name: string, track: MediaStreamTrack | null): void;
}

/** 16:9, as small as viewers on telephones need and as large as a laptop draws and encodes without a fan. */
const size = { width: 1280, height: 720 } as const;

/** One picture and one sound made of all that is on. Call it at a press: browsers want one for sound. */
export function openProgramme(look: () => ProgrammeLook, onTick: () => void): Programme | null {
  const canvas = openCanvas(size.width, size.height);
  if (!canvas) return null;
  const mix = openMix();
  const frames = new Map<string, LiveFrames>();

  const draw = () => {
    const { layout, isHidden, guests, chosen, labels } = look();
    const { context } = canvas;
    context.fillStyle = '#0d1519';
    context.fillRect(0, 0, size.width, size.height);
    const hasPicture = (name: string) => frames.get(name)?.picture() != null;
    const people = [...(isHidden ? [] : ['camera']), ...guests].filter(hasPicture);
    const places = placePictures(layout, { people, hasScreen: hasPicture('screen'), chosen }, size);
    for (const place of places) {
      const picture = frames.get(nameOf(place))?.picture();
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
    const seen = places.filter(({ picture }) => picture !== 'screen');
    const [first] = seen;
    const banner = labels[first ? nameOf(first) : 'camera'];
    if (seen.length < 2 && banner) drawBanner(context, size, banner);
    if (seen.length > 1)
      for (const place of seen) drawName(context, place, labels[nameOf(place)]?.name ?? '');
    canvas.show();
  };
  const worker = new Worker(new URL('./tick.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', () => {
    // Asked for the next one whatever happens: a picture that cannot be drawn must not be the last, nor stop the timers.
    try {
      onTick();
      draw();
    } finally {
      worker.postMessage(null);
    }
  });

  // Pictures are given back before the page goes; a browser complains of each that it has to find by itself.
  addEventListener('pagehide', ({ persisted }) => {
    if (persisted) return;
    worker.terminate();
    for (const one of frames.values()) one.stop();
    frames.clear();
  });

  return {
    stream: new MediaStream([canvas.track, ...mix.output.getAudioTracks()]),
    mix,
    show(name, track) {
      frames.get(name)?.stop();
      if (track) frames.set(name, readFrames(track));
      else frames.delete(name);
    },
  };
}

const nameOf = ({ picture }: ReturnType<typeof placePictures>[number]): string =>
  picture === 'screen' ? picture : picture.person;
