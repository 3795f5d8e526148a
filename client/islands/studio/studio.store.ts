import { signal, type ReadonlySignal } from '@preact/signals';
import type { Layout } from './programme-layout.ts';

export interface StudioStart {
  readonly eventId: string;
  readonly stageId: string | null;
  /** host: composes what goes on air in the backstage room; guest: is put on air there. */
  readonly role: 'host' | 'guest';
  readonly stageName: string;
  /** Written under the picture at first. */
  readonly personName: string;
  /** Answers a POST with a ticket to go on air. */
  readonly ticketPath: string;
  /** The way without a browser. */
  readonly encoderPath: string | null;
  /** Why going on air alone shows nothing to viewers yet; null when it does. */
  readonly hint: string | null;
}

export interface Device {
  readonly id: string;
  readonly name: string;
}
export interface Devices {
  readonly cameras: readonly Device[];
  readonly microphones: readonly Device[];
}

export type DeviceState = 'off' | 'starting' | 'on' | 'refused' | 'missing' | 'failed';
export type Opened = 'on' | 'refused' | 'missing' | 'failed';
export type Way = 'whip' | 'recorder';

export type Air =
  | { readonly kind: 'off' | 'asking' | 'again' }
  | { readonly kind: 'connecting' | 'on'; readonly way: Way }
  | { readonly kind: 'failed'; readonly message: string };

export interface Publication {
  /** Resolves when it ended by itself: `message` when somebody ended it, null when the line broke. */
  readonly ended: Promise<{ readonly message: string | null }>;
  close(): void;
}
export type Published =
  | { readonly ok: true; readonly publication: Publication }
  /**
   * no-way: this network does not let it through; refused: another way would not help either; busy: nor while another is on
   * air, which after a line broke is what the server knows of this page itself.
   */
  | { readonly ok: false; readonly reason: 'no-way' | 'refused' | 'busy'; readonly message: string };

/** What the browser does for the studio. */
export interface StudioParts {
  open(name: 'camera' | 'microphone', deviceId: string | null): Promise<Opened>;
  openScreen(onEnd: () => void): Promise<Opened>;
  close(name: 'camera' | 'screen' | 'microphone'): void;
  listDevices(): Promise<Devices>;
  publish(way: Way, ticket: string): Promise<Published>;
  /** Without a ticket: why, and whether the answer may be another one in a while. */
  askTicket(
    path: string,
  ): Promise<{ readonly ticket: string } | { readonly message: string; readonly mayChange: boolean }>;
  pause(ms: number): Promise<void>;
}

export interface Studio {
  /** False until the script runs. */
  readonly isReady: ReadonlySignal<boolean>;
  readonly devices: ReadonlySignal<Devices>;
  readonly chosen: ReadonlySignal<{ readonly camera: string | null; readonly microphone: string | null }>;
  readonly camera: ReadonlySignal<DeviceState>;
  readonly microphone: ReadonlySignal<DeviceState>;
  readonly screen: ReadonlySignal<DeviceState>;
  readonly isMuted: ReadonlySignal<boolean>;
  readonly isHidden: ReadonlySignal<boolean>;
  readonly layout: ReadonlySignal<Layout>;
  readonly banner: ReadonlySignal<{
    readonly name: string;
    readonly note: string;
    readonly isShown: boolean;
  }>;
  /** 0 to 1. */
  readonly level: ReadonlySignal<number>;
  readonly air: ReadonlySignal<Air>;
  start(): Promise<void>;
  toggle(name: 'camera' | 'microphone' | 'screen'): Promise<void>;
  choose(name: 'camera' | 'microphone', deviceId: string): Promise<void>;
  mute(isMuted: boolean): void;
  hide(isHidden: boolean): void;
  arrange(layout: Layout): void;
  write(banner: Partial<Studio['banner']['value']>): void;
  hear(level: number): void;
  goOnAir(): Promise<void>;
  goOffAir(): void;
}

/** As long as the media process keeps a run open for whoever comes back. */
const retryMs = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 15_000, 20_000, 20_000];

export function createStudio(start: StudioStart, parts: StudioParts): Studio {
  const isReady = signal(false);
  const devices = signal<Devices>({ cameras: [], microphones: [] });
  const chosen = signal<Studio['chosen']['value']>({ camera: null, microphone: null });
  const states = {
    camera: signal<DeviceState>('off'),
    microphone: signal<DeviceState>('off'),
    screen: signal<DeviceState>('off'),
  };
  const isMuted = signal(false);
  const isHidden = signal(false);
  const layout = signal<Layout>('camera');
  const banner = signal({ name: start.personName, note: '', isShown: false });
  const level = signal(0);
  const air = signal<Air>({ kind: 'off' });
  let publication: Publication | null = null;
  /** Raised by each press, so that what an earlier one began does not go on. */
  let attempt = 0;

  async function open(name: 'camera' | 'microphone') {
    states[name].value = 'starting';
    states[name].value = await parts.open(name, chosen.value[name]);
    // Names of devices are told only once one of them may be used.
    devices.value = await parts.listDevices();
  }
  const screenEnded = () => void (states.screen.value = 'off');

  /** One attempt by the quick way, then by the page's own port. */
  async function connect(
    mine: number,
  ): Promise<Published | { readonly ok: false; readonly reason: 'stopped' }> {
    const answer = await parts.askTicket(start.ticketPath);
    if (!('ticket' in answer))
      return { ok: false, reason: answer.mayChange ? 'no-way' : 'refused', message: answer.message };
    let last: Published = { ok: false, reason: 'no-way', message: '' };
    for (const way of ['whip', 'recorder'] as const) {
      if (mine !== attempt) return { ok: false, reason: 'stopped' };
      air.value = { kind: 'connecting', way };
      last = await parts.publish(way, answer.ticket);
      if (mine !== attempt && last.ok) last.publication.close();
      if (mine !== attempt) return { ok: false, reason: 'stopped' };
      if (last.ok) air.value = { kind: 'on', way };
      if (last.ok || last.reason !== 'no-way') return last;
    }
    return last;
  }

  async function stayOnAir(mine: number) {
    for (let lost = 0; ;) {
      const published = await connect(mine);
      if (!published.ok && published.reason === 'stopped') return;
      if (published.ok) {
        lost = 0;
        publication = published.publication;
        const { message } = await publication.ended;
        publication = null;
        if (mine !== attempt) return;
        if (message !== null) return void (air.value = { kind: 'failed', message });
      } else if (published.reason === 'refused' || lost === 0) {
        return void (air.value = { kind: 'failed', message: published.message });
      }
      const wait = retryMs[lost++];
      if (wait === undefined) {
        const isBusy = !published.ok && published.reason === 'busy';
        return void (air.value = { kind: 'failed', message: isBusy ? published.message : lostForGood });
      }
      air.value = { kind: 'again' };
      await parts.pause(wait);
      if (mine !== attempt) return;
    }
  }

  return {
    ...{ isReady, devices, chosen, isMuted, isHidden, layout, banner, level, air },
    camera: states.camera,
    microphone: states.microphone,
    screen: states.screen,
    async start() {
      isReady.value = true;
      devices.value = await parts.listDevices();
    },
    async toggle(name) {
      const state = states[name];
      if (state.value === 'starting') return;
      if (state.value === 'on') {
        parts.close(name);
        state.value = 'off';
      } else if (name !== 'screen') await open(name);
      else {
        state.value = 'starting';
        const opened = await parts.openScreen(screenEnded);
        // Who chooses no window has refused nothing.
        state.value = opened === 'refused' ? 'off' : opened;
        if (opened !== 'on') return;
        if (layout.value === 'camera') layout.value = 'corner';
        if (layout.value === 'everybody') layout.value = 'side';
      }
    },
    async choose(name, deviceId) {
      chosen.value = { ...chosen.value, [name]: deviceId };
      if (states[name].value === 'on') await open(name);
    },
    mute: (is) => void (isMuted.value = is),
    hide: (is) => void (isHidden.value = is),
    arrange: (next) => void (layout.value = next),
    write: (changes) => void (banner.value = { ...banner.value, ...changes }),
    hear: (next) => void (level.value = next),
    async goOnAir() {
      if (air.value.kind !== 'off' && air.value.kind !== 'failed') return;
      attempt += 1;
      air.value = { kind: 'asking' };
      await stayOnAir(attempt);
    },
    goOffAir() {
      attempt += 1;
      publication?.close();
      publication = null;
      air.value = { kind: 'off' };
    },
  };
}

const lostForGood = 'The connection broke and did not come back. Look at your network, then go on air again.';
