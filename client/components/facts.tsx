import type { ComponentChildren } from 'preact';

export interface Fact {
  term: string;
  value: ComponentChildren;
}

/** Named facts in a list; `look` is the class that sets how they stand. */
export function Facts({ facts, look }: { facts: readonly Fact[]; look: string }) {
  return (
    <dl class={look}>
      {facts.map((fact) => (
        <div key={fact.term}>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
