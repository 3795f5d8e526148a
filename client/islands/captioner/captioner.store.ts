import { signal, type ReadonlySignal } from '@preact/signals';
import type { CaptionerStart } from '../../../server/contracts/caption.ts';

export interface Line {
  readonly id: string;
  /** "10:14"; '' until the server has it. */
  readonly at: string;
  readonly text: string;
  readonly state: 'waiting' | 'shown' | 'refused';
}

/** Sends one line; asked again with the same id it is the same line. */
export type SendCaption = (line: {
  readonly id: string;
  readonly text: string;
}) => Promise<{ readonly ok: true; readonly at: string } | { readonly ok: false; readonly message: string }>;

export interface CaptionerStore {
  /** The newest at the end. */
  readonly lines: ReadonlySignal<readonly Line[]>;
  /** What is wrong, in a sentence; '' when nothing is. */
  readonly trouble: ReadonlySignal<string>;
  readonly longest: number;
  write(id: string, text: string): Promise<void>;
  /** Sends anew what did not arrive. */
  retry(): Promise<void>;
}

const mostLines = 30;

/** What a captioner wrote. A line that did not arrive stays and is sent again; order is kept. */
export function createCaptionerStore(start: CaptionerStart, send: SendCaption): CaptionerStore {
  const lines = signal<readonly Line[]>(start.said.map((line) => ({ ...line, state: 'shown' })));
  const trouble = signal('');
  let sending: Promise<void> = Promise.resolve();
  const put = (id: string, change: Partial<Line>) => {
    lines.value = lines.value.map((line) => (line.id === id ? { ...line, ...change } : line));
  };
  const sendLine = async ({ id, text }: Pick<Line, 'id' | 'text'>) => {
    const answer = await send({ id, text }).catch(() => ({ ok: false as const, message: '' }));
    trouble.value = answer.ok ? '' : answer.message || 'The line did not arrive. Check the network.';
    put(id, answer.ok ? { state: 'shown', at: answer.at } : { state: 'refused' });
  };
  const queue = (work: () => Promise<void>) => (sending = sending.then(work));
  return {
    lines,
    trouble,
    longest: start.longest,
    write(id, text) {
      const words = text.replace(/\s+/g, ' ').trim();
      if (words === '') return Promise.resolve();
      const line: Line = { id, at: '', text: words, state: 'waiting' };
      lines.value = [...lines.value, line].slice(-mostLines);
      return queue(() => sendLine(line));
    },
    retry() {
      const refused = lines.value.filter(({ state }) => state === 'refused');
      for (const { id } of refused) put(id, { state: 'waiting' });
      return queue(async () => {
        for (const line of refused) await sendLine(line);
      });
    },
  };
}
