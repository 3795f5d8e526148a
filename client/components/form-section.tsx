import type { ComponentChildren } from 'preact';

/** A part of a long form in the console. */
export function FormSection({
  title,
  note,
  children,
}: {
  title: string;
  note?: string;
  children: ComponentChildren;
}) {
  return (
    <section class="form-section">
      <h2>{title}</h2>
      {note && <p class="hint">{note}</p>}
      {children}
    </section>
  );
}
