import type { Browser, Page } from 'playwright-core';

/** In the place of camera and microphone: one colour with something that moves in it, and one tone. */
const madeDevices = (colour: string, hertz: number) => `
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (wanted.video) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
      const context = canvas.getContext('2d', { alpha: false });
      setInterval(() => {
        context.fillStyle = '${colour}';
        context.fillRect(0, 0, 320, 180);
        context.fillStyle = '#fff';
        context.fillRect((performance.now() / 20) % 300, 4, 12, 12);
      }, 100);
      return canvas.captureStream(10);
    }
    const audio = new AudioContext(), tone = audio.createOscillator(), out = audio.createMediaStreamDestination();
    // Quiet enough that three of them together are not cut off, which would make tones of its own.
    const volume = audio.createGain();
    volume.gain.value = 0.1;
    tone.frequency.value = ${hertz};
    tone.connect(volume).connect(out);
    tone.start();
    return out.stream;
  };
  window.peers = [];
  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...given) {
      super(...given);
      window.peers.push(this);
    }
  };
  // Which of these tones are in the sound of a video, now.
  window.tonesOf = async (selector, tones) => {
    const tracks = document.querySelector(selector)?.srcObject?.getAudioTracks() ?? [];
    if (tracks.length === 0) return null;
    const audio = (window.listening ??= new AudioContext({ sampleRate: 48000 }));
    const source = audio.createMediaStreamSource(new MediaStream(tracks));
    const analyser = audio.createAnalyser();
    analyser.fftSize = 8192;
    analyser.smoothingTimeConstant = 0;
    source.connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    source.disconnect();
    return tones.filter((hertz) => {
      const bin = Math.round((hertz * 8192) / 48000);
      return Math.max(...bins.slice(bin - 2, bin + 3)) > -55;
    });
  };
  // The colours at some points of a video, as shares of its width and height.
  window.coloursOf = (selector, points) => {
    const video = document.querySelector(selector);
    if (!video?.videoWidth) return null;
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0, 160, 90);
    return points.map(([x, y]) => [...context.getImageData(x * 160, y * 90, 1, 1).data.slice(0, 3)]);
  };
`;

export interface StudioPerson {
  readonly name: 'red' | 'green' | 'blue';
  readonly hertz: number;
}

/** A studio in a browser of its own, with a colour and a tone for a person. */
export async function openStudioPage(
  browser: Browser,
  where: { readonly url: string; readonly path: string; readonly cookie: string; readonly width?: number },
  person: StudioPerson,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: where.width ?? 1280, height: 900 } });
  const [name = '', value = ''] = where.cookie.split('=');
  await context.addCookies([{ name, value, url: where.url }]);
  return openStudioTab(await context.newPage(), where, person);
}

export async function openStudioTab(
  page: Page,
  { url, path }: { readonly url: string; readonly path: string },
  { name, hertz }: StudioPerson,
): Promise<Page> {
  await page.addInitScript(madeDevices({ red: '#c00000', green: '#00a000', blue: '#0000c0' }[name], hertz));
  await page.goto(url + path);
  return page;
}

export async function turnOnDevices(page: Page): Promise<void> {
  for (const device of ['camera', 'microphone']) {
    await page.getByRole('button', { name: `Turn the ${device} on`, exact: true }).click();
    await page.getByRole('button', { name: `Turn the ${device} off`, exact: true }).waitFor();
  }
}

interface Looking {
  readonly peers: readonly RTCPeerConnection[];
  tonesOf(selector: string, tones: readonly number[]): Promise<number[] | null>;
  coloursOf(selector: string, points: readonly (readonly [number, number])[]): number[][] | null;
}

/** Which of `tones` are heard in a video of the page. */
export const tonesIn = (page: Page, selector: string, tones: readonly number[]) =>
  page.evaluate(([where, all]) => (window as unknown as Looking).tonesOf(where, all), [
    selector,
    tones,
  ] as const);

/** red, green, blue or dark at each point of a video, by shares of its width and height. */
export async function coloursIn(
  page: Page,
  selector: string,
  points: readonly (readonly [number, number])[],
): Promise<string[]> {
  const found = await page.evaluate(([where, all]) => (window as unknown as Looking).coloursOf(where, all), [
    selector,
    points,
  ] as const);
  return (found ?? []).map((colour) => {
    const most = Math.max(...colour);
    return most < 90 ? 'dark' : (['red', 'green', 'blue'][colour.indexOf(most)] ?? '');
  });
}

/** Every connection that goes both ways, which are those to other browsers, is cut off from this side. */
export const cutPeers = (page: Page) =>
  page.evaluate(() => {
    for (const peer of (window as unknown as Looking).peers)
      if (peer.getTransceivers().some(({ currentDirection }) => currentDirection === 'sendrecv'))
        peer.close();
  });

/** How long what a page has told another about itself is, of its last connection. */
export const descriptionLength = (page: Page) =>
  page.evaluate(() => (window as unknown as Looking).peers.at(-1)?.localDescription?.sdp.length ?? 0);
