import { defineConfig } from 'vite';

/** Everything below `/assets/` has a hashed name, so it is served as never changing. */
export default defineConfig({
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/client',
    assetsDir: 'assets',
    manifest: 'manifest.json',
    // The content security policy knows no data: addresses.
    assetsInlineLimit: 0,
    target: 'es2022',
    // hls.js, fetched only by a page that plays.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['client/browser.ts', 'client/styles/site.css'] },
  },
});
