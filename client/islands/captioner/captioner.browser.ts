import { h, render } from 'preact';
import type { CaptionerStart } from '../../../server/contracts/caption.ts';
import { createCaptionerStore, type SendCaption } from './captioner.store.ts';
import { Captioner } from './captioner.tsx';

const timeoutMs = 10_000;

/** Takes the place of the form: a line goes out without the page loading anew. */
export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as CaptionerStart;
  const send: SendCaption = async (line) => {
    const response = await fetch(start.sendPath, {
      method: 'POST',
      headers: { authorization: `Bearer ${start.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ captions: [line] }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) {
      const at = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
      return { ok: true, at };
    }
    const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
    return { ok: false, message: problem?.detail ?? 'The line did not arrive.' };
  };
  const store = createCaptionerStore(start, send);
  element.replaceChildren();
  render(h(Captioner, { store, isTyping: true, newId: () => crypto.randomUUID() }), element);
  element.querySelector('input')?.focus();
}
