import { computed, effect } from '@preact/signals';
import { h, hydrate } from 'preact';
import { openProgramme, type Programme, type ProgrammeLook } from './programme.browser.ts';
import { publishByRecorder } from './recorder.browser.ts';
import { openBackstage } from './studio-room.browser.ts';
import { createStudio, type Opened, type StudioParts, type StudioStart } from './studio.store.ts';
import { StudioView } from './studio.tsx';
import { createTimers } from './timers.ts';
import { publishByWhip } from './whip.browser.ts';

const meterEveryMs = 100;

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as StudioStart;
  let programme: Programme | null = null;
  const opened: Partial<Record<'camera' | 'microphone' | 'screen', MediaStream>> = {};

  const timers = createTimers(() => performance.now());
  const open = () => (programme ??= openProgramme(look, timers.tick));
  const look = (): ProgrammeLook => {
    const { name, note, isShown } = studio.banner.value;
    const cast = backstage.as.role === 'host' ? backstage.as.cast : null;
    const onAir = cast?.onAir.value ?? [];
    const named = onAir.filter(({ isNamed }) => isNamed);
    return {
      layout: studio.layout.value,
      isHidden: studio.isHidden.value,
      guests: onAir.map(({ peerId }) => peerId),
      chosen: cast?.chosen.value ?? null,
      labels: {
        camera: isShown ? { name, note } : undefined,
        ...Object.fromEntries(named.map(({ peerId, label }) => [peerId, { name: label, note: '' }])),
      },
    };
  };
  const close = (name: 'camera' | 'microphone' | 'screen') => {
    for (const track of opened[name]?.getTracks() ?? []) track.stop();
    delete opened[name];
    if (name !== 'microphone') programme?.show(name, null);
    if (name !== 'camera') programme?.mix.hear(name, null);
  };

  const parts: StudioParts = {
    close,
    async open(name, deviceId) {
      const mixer = open();
      if (!mixer || !('mediaDevices' in navigator)) return 'failed';
      close(name);
      const device = deviceId ? { deviceId: { exact: deviceId } } : {};
      const sound = { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
      const picture = { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
      const wanted = name === 'camera' ? { video: picture } : { audio: sound };
      return attempt(async () => {
        const stream = (opened[name] = await navigator.mediaDevices.getUserMedia(wanted));
        const [track] = stream.getTracks();
        if (name === 'camera') mixer.show('camera', track ?? null);
        else mixer.mix.hear('microphone', track ?? null);
      });
    },
    async openScreen(onEnd) {
      const mixer = open();
      if (!mixer || !('mediaDevices' in navigator) || !('getDisplayMedia' in navigator.mediaDevices))
        return 'failed';
      return attempt(async () => {
        // Without what this page plays itself: else guests are heard twice, and hear themselves.
        const audio: MediaTrackConstraints & { restrictOwnAudio: boolean } = { restrictOwnAudio: true };
        const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 30 }, audio });
        opened.screen = stream;
        const [picture] = stream.getVideoTracks();
        mixer.show('screen', picture ?? null);
        mixer.mix.hear('screen', stream.getAudioTracks()[0] ?? null);
        // Browsers have a button of their own to end it.
        picture?.addEventListener('ended', () => {
          if (opened.screen !== stream) return;
          close('screen');
          onEnd();
        });
      });
    },
    async listDevices() {
      if (!('mediaDevices' in navigator)) return { cameras: [], microphones: [] };
      const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
      const of = (kind: MediaDeviceKind) =>
        all
          .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
          .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
      return { cameras: of('videoinput'), microphones: of('audioinput') };
    },
    publish(way, ticket) {
      const mixer = open();
      if (!mixer)
        return Promise.resolve({
          ok: false,
          reason: 'refused',
          message: 'This browser cannot make a picture.',
        });
      return way === 'whip' ? publishByWhip(mixer.stream, ticket) : publishByRecorder(mixer.stream, ticket);
    },
    async askTicket(path) {
      try {
        const answer = await fetch(path, { method: 'POST', headers: { Accept: 'application/json' } });
        const said = (await answer.json()) as { ticket?: string; detail?: string };
        if (said.ticket) return { ticket: said.ticket };
        return { message: said.detail ?? unreachable, mayChange: answer.status >= 500 };
      } catch {
        return { message: unreachable, mayChange: true };
      }
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };

  const studio = createStudio(start, parts);
  const isShown = computed(() => studio.air.value.kind === 'on');
  const { backstage, attach } = openBackstage(start, { timers, isShown, programme: open });
  hydrate(h(StudioView, { studio, backstage, start }), element);
  void studio.start();

  effect(() => {
    // Read before there is a programme too: an effect goes on only with what it has read.
    const isMuted = studio.isMuted.value;
    programme?.mix.mute(isMuted);
  });
  effect(() => {
    const isOpen = backstage.room.isWithin.value && backstage.as.role === 'host';
    const layout = studio.layout.peek();
    if (isOpen && layout === 'camera') studio.arrange('everybody');
    if (!isOpen && layout === 'everybody') studio.arrange('camera');
  });
  setInterval(() => {
    if (programme && studio.microphone.value === 'on') studio.hear(programme.mix.level());
    attach(element);
    const preview = element.querySelector<HTMLVideoElement>('.studio-preview');
    if (!programme || !preview || preview.srcObject === programme.stream) return;
    preview.srcObject = programme.stream;
    preview.play().catch(() => undefined);
  }, meterEveryMs);
  addEventListener('beforeunload', (event) => {
    const isGuestShown = backstage.as.role === 'guest' && backstage.as.line.standing.value.isOnAir;
    if (isShown.value || isGuestShown) event.preventDefault();
  });
}

const unreachable = 'We could not reach the server. Look at your network and try again.';

async function attempt(work: () => Promise<void>): Promise<Opened> {
  try {
    await work();
    return 'on';
  } catch (error) {
    const { name } = error as DOMException;
    if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
    return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
  }
}
