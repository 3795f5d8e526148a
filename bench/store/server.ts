// One of the two servers under comparison, as a process: the store, or the same wire server answering at once.
import { join } from 'node:path';
import { encodeDocument } from '../../server/platform/embedded-store/document-bytes.ts';
import { runStore } from '../../server/platform/embedded-store/run-store.ts';
import { encodeCursorReply } from '../../server/platform/embedded-store/wire/cursor-reply.ts';
import type { Command } from '../../server/platform/embedded-store/wire/messages.ts';
import { serveSocket } from '../../server/platform/embedded-store/wire/serve-socket.ts';
import { Long } from 'bson';
import { registration } from './registration.ts';

export interface ServerState {
  rssBytes: number;
  flushes: number;
}

const [mode, folder] = process.argv.slice(2) as ['store' | 'instant', string];

const sample = encodeDocument(registration(1));
const replies: Record<string, Record<string, unknown>> = {
  ...Object.fromEntries(['hello', 'ismaster'].map((name) => [name, describeServer()])),
  insert: { n: 1, ok: 1 },
  update: { n: 1, nModified: 1, ok: 1 },
};

process.once('disconnect', () => process.exit());
if (mode === 'store') {
  const { engine } = await runStore(folder, () => undefined);
  answerState(() => engine.queue.commits);
  process.send?.(engine.address);
} else {
  const path = join(folder, 'instant.sock');
  await serveSocket(
    { path },
    { handle: answerAtOnce, onClose: () => undefined, onMalformed: (reason) => console.error(reason) },
  );
  answerState(() => 0);
  process.send?.(path);
}

function answerState(flushes: () => number): void {
  process.on('message', () => {
    const state: ServerState = { rssBytes: process.memoryUsage().rss, flushes: flushes() };
    process.send?.(state);
  });
}

/** Reads the command as the store does, then sends an answer of the same size without looking anything up. */
function answerAtOnce(command: Command): Uint8Array {
  if (command.name === 'find') {
    const count = Number((command.body.limit as { value: number } | undefined)?.value ?? 1);
    return encodeCursorReply('firstBatch', Array<Uint8Array>(count).fill(sample), Long.ZERO, 'bench.instant');
  }
  return encodeDocument(replies[command.name] ?? { ok: 1 });
}

function describeServer(): Record<string, unknown> {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    setName: 'instant',
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 21,
    ok: 1,
  };
}
