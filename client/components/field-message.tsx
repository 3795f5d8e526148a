import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

export function Hint({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p class="hint" id={id}>
      {children}
    </p>
  );
}

export function FieldErrorMessage({ id, message }: { id: string; message: string }) {
  return (
    <p class="error" id={id}>
      <Icon name="warning" />
      <span>
        <span class="vh">Error: </span>
        {message}
      </span>
    </p>
  );
}

export function Optional() {
  return <span class="opt">(optional)</span>;
}
