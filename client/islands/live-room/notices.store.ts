import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Announcement } from '../../../server/contracts/live-room-settings.ts';
import type { LiveStore } from './live-room.store.ts';

export interface NoticesStore {
  /** Stay on top until they are taken down. */
  readonly incidents: ReadonlySignal<readonly Announcement[]>;
  /** Neither expired by the server's clock nor hidden on this page. */
  readonly notices: ReadonlySignal<readonly Announcement[]>;
  readonly hidden: ReadonlySignal<readonly string[]>;
  hide(announcementId: string): void;
}

export function createNotices(live: LiveStore, hiddenBefore: readonly string[]): NoticesStore {
  const hidden = signal(hiddenBefore);
  const shown = (kind: Announcement['kind']) =>
    live.snapshot.value.announcements.filter(
      (one) => one.kind === kind && (one.expiresAt === null || Date.parse(one.expiresAt) > live.now.value),
    );
  return {
    incidents: computed(() => shown('incident')),
    notices: computed(() => shown('notice').filter(({ id }) => !hidden.value.includes(id))),
    hidden,
    hide: (announcementId) => void (hidden.value = [...hidden.value, announcementId]),
  };
}
