import { signal, type ReadonlySignal } from '@preact/signals';

export type ConnectionResult = 'idle' | 'checking' | 'websocket' | 'polling' | 'none';
export type SoundResult = 'idle' | 'playing' | 'asked' | 'heard' | 'not-heard' | 'unavailable';
export type CaptionsResult = 'idle' | 'showing' | 'asked' | 'read' | 'not-read';

/** What the browser does for the test. */
export interface SelfTestDevices {
  /** True when the server answered on this way, whatever it said. */
  tryTransport(name: 'websocket' | 'polling'): Promise<boolean>;
  /** Plays for about a second; false when this browser cannot. */
  playTone(): Promise<boolean>;
  pause(ms: number): Promise<void>;
}

export const captionLines = [
  'Good morning, and welcome.',
  'If you can read this at your ease,',
  'captions will work for you on the day.',
] as const;
const lineMs = 2_500;

export interface SelfTest {
  /** False until the script runs: then there is nothing to press. */
  readonly isReady: ReadonlySignal<boolean>;
  readonly connection: ReadonlySignal<ConnectionResult>;
  readonly sound: ReadonlySignal<SoundResult>;
  readonly captions: ReadonlySignal<CaptionsResult>;
  readonly line: ReadonlySignal<string>;
  start(): void;
  checkConnection(): Promise<void>;
  playSound(): Promise<void>;
  answerSound(heard: boolean): void;
  showCaptions(): Promise<void>;
  answerCaptions(read: boolean): void;
}

export function createSelfTest(devices: SelfTestDevices): SelfTest {
  const isReady = signal(false);
  const connection = signal<ConnectionResult>('idle');
  const sound = signal<SoundResult>('idle');
  const captions = signal<CaptionsResult>('idle');
  const line = signal('');
  return {
    ...{ isReady, connection, sound, captions, line },
    start: () => void (isReady.value = true),
    async checkConnection() {
      if (connection.value === 'checking') return;
      connection.value = 'checking';
      if (await devices.tryTransport('websocket')) connection.value = 'websocket';
      else connection.value = (await devices.tryTransport('polling')) ? 'polling' : 'none';
    },
    async playSound() {
      if (sound.value === 'playing') return;
      sound.value = 'playing';
      sound.value = (await devices.playTone()) ? 'asked' : 'unavailable';
    },
    answerSound: (heard) => void (sound.value = heard ? 'heard' : 'not-heard'),
    async showCaptions() {
      if (captions.value === 'showing') return;
      captions.value = 'showing';
      for (const text of captionLines) {
        line.value = text;
        await devices.pause(lineMs);
      }
      captions.value = 'asked';
    },
    answerCaptions: (read) => void (captions.value = read ? 'read' : 'not-read'),
  };
}
