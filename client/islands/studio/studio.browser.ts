import { effect } from '@preact/signals';
import { h, hydrate } from 'preact';
import { openProgramme, type Programme } from './programme.browser.ts';
import { publishByRecorder } from './recorder.browser.ts';
import { createStudio, type Opened, type StudioParts, type StudioStart } from './studio.store.ts';
import { StudioView } from './studio.tsx';
import { publishByWhip } from './whip.browser.ts';

const meterEveryMs = 100;

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as StudioStart;
  let programme: Programme | null = null;
  const opened: Partial<Record<'camera' | 'microphone' | 'screen', MediaStream>> = {};

  const open = (): Programme | null =>
    (programme ??= openProgramme(() => {
      const { name, note, isShown } = studio.banner.value;
      return {
        layout: studio.layout.value,
        isHidden: studio.isHidden.value,
        banner: isShown ? { name, note } : null,
      };
    }));
  const close = (name: 'camera' | 'microphone' | 'screen') => {
    for (const track of opened[name]?.getTracks() ?? []) track.stop();
    delete opened[name];
    if (name !== 'microphone') programme?.show(name, null);
    if (name !== 'camera') programme?.hear(name, null);
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
        else mixer.hear('microphone', track ?? null);
      });
    },
    async openScreen(onEnd) {
      const mixer = open();
      if (!mixer || !('mediaDevices' in navigator) || !('getDisplayMedia' in navigator.mediaDevices))
        return 'failed';
      return attempt(async () => {
        const stream = await navigator.mediaDevices.getDisplayMedia({
          video: { frameRate: 30 },
          audio: true,
        });
        opened.screen = stream;
        const [picture] = stream.getVideoTracks();
        mixer.show('screen', picture ?? null);
        mixer.hear('screen', stream.getAudioTracks()[0] ?? null);
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
  hydrate(h(StudioView, { studio, start }), element);
  void studio.start();

  effect(() => programme?.mute(studio.isMuted.value));
  setInterval(() => {
    if (programme && studio.microphone.value === 'on') studio.hear(programme.level());
    const preview = element.querySelector<HTMLVideoElement>('.studio-preview');
    if (!programme || !preview || preview.srcObject === programme.stream) return;
    preview.srcObject = programme.stream;
    preview.play().catch(() => undefined);
  }, meterEveryMs);
  addEventListener('beforeunload', (event) => {
    if (studio.air.value.kind === 'on') event.preventDefault();
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
