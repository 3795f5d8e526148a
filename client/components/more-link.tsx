import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** A link that leads on, with its arrow after it or another icon before it. */
export function MoreLink({
  href,
  icon,
  children,
}: {
  href: string;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <a class="more" href={href}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {!icon && <Icon name="arrow" />}
    </a>
  );
}
