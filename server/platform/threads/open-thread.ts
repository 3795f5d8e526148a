import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Opens a thread of this process. `entry` is the URL of its file without the ending, resolved against the caller's
 * `import.meta.url`; the product is bundled flat, so in both forms the file stands where the caller does.
 */
export function openThread(entry: URL, workerData: unknown): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  if (!isSource) return new Worker(new URL(`${entry.href}.js`), { workerData });
  // On Node 20 `--import tsx` has no effect in a thread, so the thread loads it before the TypeScript.
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs');
  const source = [tsx, fileURLToPath(`${entry.href}.ts`)]
    .map((path) => `require(${JSON.stringify(path)});`)
    .join('');
  return new Worker(source, { eval: true, workerData });
}
