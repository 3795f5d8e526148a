import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { SaidCaption } from '../../../server/contracts/caption.ts';
import type { LivePush } from '../../../server/contracts/live-events.ts';
import type { ExternalPicture, StagePicture } from '../../../server/contracts/stage-picture.ts';
import { firstChoices, type PlayerChoices, type PlayerSource } from '../../player/player-source.ts';
import { createPlayer, type PlayerStore, type PlayerSurroundings } from '../../player/player.store.ts';
import { createWatchPath, type HeldPath, type Renewed, type WatchPath } from '../../player/watch-path.ts';
import type { Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';

/** How a page begins to show pictures. */
export interface PictureStart {
  /** Opens the pictures of the stage that the page came with, also without script; null: it has none. */
  readonly watch: {
    readonly stageId: string | null;
    readonly path: string;
    readonly expiresAt: number;
  } | null;
  /** What the policy of this page lets in from elsewhere. */
  readonly allows: readonly ExternalPicture['provider'][];
}
export const noPicture: PictureStart = { watch: null, allows: [] };

export interface PictureStore {
  /** What the stage shows; null: it was never set up. */
  readonly picture: ReadonlySignal<StagePicture | null>;
  /** `card`: words in the picture's place. */
  readonly kind: ReadonlySignal<'card' | 'slate' | 'stream' | 'external'>;
  readonly player: PlayerStore;
  /** What a browser without script may open. */
  readonly plainSource: ReadonlySignal<string | null>;
  /** The viewer lets the provider of the external picture know that they watch. */
  readonly hasConsented: ReadonlySignal<boolean>;
  readonly isAllowed: ReadonlySignal<boolean>;
  consent(): void;
  /** Of this stage, in order of time. */
  readonly captions: ReadonlySignal<readonly SaidCaption[]>;
  hear(push: LivePush<'caption:said'>): void;
}

const mostCaptions = 300;
const finalCodes: ReadonlySet<string> = new Set(['forbidden', 'not-signed-in', 'not-found']);

/** The picture of the stage that is looked at, whatever it comes from. */
export function createPicture(
  live: LiveStore,
  start: PictureStart,
  { ask, fetchPath, choices = firstChoices, player: outside }: PictureSurroundings,
): PictureStore {
  const { event } = live.snapshot.peek();
  const picture = computed(() => {
    const stageId = live.stageId.value;
    return live.snapshot.value.pictures.find((one) => one.stageId === stageId) ?? null;
  });
  const isCancelled = computed(() => live.snapshot.value.event.status === 'cancelled');
  const kind = computed(() => {
    const shown = picture.value;
    if (!shown || isCancelled.value) return 'card';
    if (shown.shows === 'stream') return shown.streamId && shown.runId ? 'stream' : 'card';
    if (shown.shows === 'external') return shown.external ? 'external' : 'card';
    return shown.shows === 'slate' ? 'slate' : 'card';
  });
  const consented = signal<ReadonlySet<string>>(new Set());
  const provider = computed(() => (picture.value?.external ? consentKey(picture.value.external) : null));
  const hasConsented = computed(() => provider.value !== null && consented.value.has(provider.value));

  let watched: { stageId: string | null; path: WatchPath } | null = null;
  function watchOf(stageId: string | null): WatchPath {
    if (watched?.stageId === stageId) return watched.path;
    watched?.path.close();
    const first = start.watch?.stageId === stageId && !watched ? start.watch : null;
    watched = { stageId, path: createWatchPath(first, () => renew(stageId), outside) };
    return watched.path;
  }
  async function renew(stageId: string | null): Promise<Renewed> {
    if (live.connection.peek().kind === 'refused') return 'refused';
    const answer = await ask('picture:watch', { stageId });
    if (!answer) return fetchPath ? fetchPath(stageId) : 'unreachable';
    if (!answer.ok) return finalCodes.has(answer.code) ? 'refused' : 'unreachable';
    return answer.path === null ? 'unreachable' : (answer as HeldPath);
  }

  // The same object while it is the same picture: that a source receives or not opens nothing anew.
  let opened: PlayerSource | null = null;
  const source = computed(() => {
    const next = sourceOf(picture.value);
    if (next?.id !== opened?.id) opened = next;
    return opened;
  });
  function sourceOf(shown: StagePicture | null): PlayerSource | null {
    const common = { isLive: true, isHls: true };
    if (kind.value === 'stream' && shown) {
      return {
        ...common,
        id: `${shown.streamId}/${shown.runId}`,
        watch: watchOf(shown.stageId),
        file: `${shown.runId}/main.m3u8`,
        startedAt: shown.startedAt === null ? null : Date.parse(shown.startedAt),
      };
    }
    if (kind.value !== 'external' || shown?.external?.provider !== 'hls' || !hasConsented.value) return null;
    return { ...common, id: shown.external.url, watch: null, file: shown.external.url, startedAt: null };
  }

  const said = signal<readonly SaidCaption[]>([]);
  const captions = computed(() => said.value.filter(({ stageId }) => stageId === live.stageId.value));
  const player = createPlayer(
    {
      title: event.title,
      source,
      isReceiving: computed(() => kind.value !== 'stream' || (picture.value?.isReceiving ?? true)),
      said: computed(() =>
        captions.value.map(({ from, to, ...rest }) => ({
          ...rest,
          from: Date.parse(from),
          to: Date.parse(to),
        })),
      ),
      choices,
    },
    {
      ...outside,
      report(report) {
        if (kind.peek() === 'stream') void ask('picture:report', { stageId: live.stageId.peek(), ...report });
      },
    },
  );
  return {
    picture,
    kind,
    player,
    plainSource: computed(() =>
      kind.value === 'stream' && start.watch && start.watch.stageId === picture.value?.stageId
        ? `${start.watch.path}${picture.value.runId}/main.m3u8`
        : null,
    ),
    hasConsented,
    isAllowed: computed(() => {
      const external = picture.value?.external;
      return external ? start.allows.includes(external.provider) : false;
    }),
    consent() {
      if (provider.value !== null) consented.value = new Set([...consented.value, provider.value]);
    },
    captions,
    hear({ eventId, captions: fresh }) {
      if (eventId !== event.id) return;
      const known = new Set(said.value.map(({ id }) => id));
      const all = [...said.value, ...fresh.filter(({ id }) => !known.has(id))];
      said.value = all.sort((one, other) => (one.from < other.from ? -1 : 1)).slice(-mostCaptions);
    },
  };
}

export interface PictureSurroundings {
  readonly ask: Ask;
  /** Without the live connection, for networks that let none through. */
  readonly fetchPath?: (stageId: string | null) => Promise<Renewed>;
  readonly choices?: PlayerChoices;
  readonly player: PlayerSurroundings;
}

/** Whom a consent tells: one provider, or one host. */
const consentKey = (external: ExternalPicture): string =>
  external.provider === 'hls' ? new URL(external.url).host : external.provider;
