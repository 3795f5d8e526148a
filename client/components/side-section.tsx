import type { ComponentChildren } from 'preact';

interface SideSectionProps {
  id: string;
  title: string;
  /** A quiet line under the title. */
  note?: ComponentChildren;
  last?: boolean;
  children: ComponentChildren;
}

/** A section whose head stands in the margin column, with its content beside it. */
export function SideSection({ id, title, note, last = false, children }: SideSectionProps) {
  return (
    <section class={last ? 'side step last' : 'side step'} id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {note && <p>{note}</p>}
      </header>
      <div>{children}</div>
    </section>
  );
}
