import { h, hydrate } from 'preact';
import { io } from 'socket.io-client';
import { createSelfTest } from './self-test.store.ts';
import { SelfTestView } from './self-test.tsx';

/** Long enough for a slow proxy; a blocked way often answers nothing at all. */
const patienceMs = 8_000;
const toneSeconds = 1;

export function mount(element: HTMLElement): void {
  const test = createSelfTest({ tryTransport, playTone, pause });
  hydrate(h(SelfTestView, { test }), element);
  test.start();
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Who is not signed in is refused with a code of ours, and that answer proves that the way is open. */
async function tryTransport(name: 'websocket' | 'polling'): Promise<boolean> {
  const socket = io({ transports: [name], upgrade: false, reconnection: false, forceNew: true });
  const answered = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(typeof error.data?.code === 'string'),
    );
  });
  const isOpen = await Promise.race([answered, pause(patienceMs).then(() => false)]);
  socket.disconnect();
  return isOpen;
}

async function playTone(): Promise<boolean> {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.2;
    tone.frequency.value = 440;
    tone.connect(volume).connect(audio.destination);
    await audio.resume();
    tone.start();
    tone.stop(audio.currentTime + toneSeconds);
    await pause(toneSeconds * 1_000);
    await audio.close();
    return true;
  } catch {
    return false;
  }
}
