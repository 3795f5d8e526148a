import type { Backstage } from './studio-backstage.store.ts';

/** How loud the room is on this page; viewers hear it as before. */
export function StudioVolume({ backstage }: { backstage: Backstage }) {
  return (
    <div class="field studio-volume">
      <label for="studio-volume">How loud the room is for you</label>
      <input
        id="studio-volume"
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={backstage.volume.value}
        onInput={({ currentTarget }) => backstage.setVolume(Number(currentTarget.value))}
      />
    </div>
  );
}
