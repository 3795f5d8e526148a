import type { ComponentChildren } from 'preact';
import { Plate } from './plate.tsx';

/** A page of few words, with one drawn picture beside them. */
export function PlateCover({ seed, children }: { seed: string; children: ComponentChildren }) {
  return (
    <div class="cover few-words">
      <div class="cover-text">{children}</div>
      <div class="cover-plate is-drawn">
        <Plate seed={seed} shape="poster" />
      </div>
    </div>
  );
}
