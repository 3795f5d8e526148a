import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export type NoticeKind = 'plain' | 'good' | 'soon' | 'bad';

const icons: Record<NoticeKind, IconName> = { plain: 'clock', good: 'check', soon: 'clock', bad: 'warning' };

/** One sentence about the state of a page, above what it is about. */
export function Notice({ kind = 'plain', children }: { kind?: NoticeKind; children: ComponentChildren }) {
  return (
    <div class={`notice is-${kind}`} role="status">
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  );
}
