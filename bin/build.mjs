// Builds the server with esbuild and the browser part with Vite, both into dist/. Types are checked by `npm run types`.
import { build as buildServer } from 'esbuild';
import { build as buildBrowser } from 'vite';
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

export async function build() {
  // A build that fails leaves the last good one in place.
  await rm('dist.new', { recursive: true, force: true });
  await Promise.all([
    buildServer({
      entryPoints: {
        start: 'server/start.ts',
        media: 'server/media.ts',
        'demo-code': 'server/demo/print-code.ts',
        data: 'server/data.ts',
        operator: 'server/operator.ts',
        'mail-doctor': 'server/mail-doctor.ts',
        'mail-thread': 'server/platform/mail/mail-thread.ts',
        'store-thread': 'server/platform/embedded-store/store-thread.ts',
      },
      outdir: 'dist.new',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      sourcemap: true,
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'warning',
    }),
    buildBrowser({ logLevel: 'warn', build: { outDir: 'dist.new/client', emptyOutDir: true } }),
  ]);
  await rm('dist', { recursive: true, force: true });
  await rename('dist.new', 'dist');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
