import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssets } from '../../../server/platform/http/assets.ts';
import { gallery, renderPage } from './gallery.ts';

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  woff2: 'font/woff2',
};
/** The pages' own policy: a style attribute or inline script that slipped in would show as a broken page. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** Serves the gallery's pages by name, with the built styles and script. */
export async function serveGallery(extra: Readonly<Record<string, string>> = {}) {
  const assets = readAssets('dist/client');
  // Held in memory: a build that starts meanwhile would take the styles away from under the pages.
  const names = await readdir(assets.directory);
  const files = new Map<string, Buffer>(
    await Promise.all(
      names.map(async (name) => [`/assets/${name}`, await readFile(join(assets.directory, name))] as const),
    ),
  );
  const pages = new Map(Object.entries(extra));
  for (const { name, page, site } of gallery) {
    pages.set(name, renderPage(page, { assets: { styles: assets.styles, script: assets.script }, ...site }));
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const asset = files.get(path);
    if (asset) {
      response.setHeader('Content-Type', types[path.split('.').at(-1) ?? ''] ?? 'text/plain').end(asset);
      return;
    }
    // Films are no part of the gallery: a player finds nothing, which is no complaint.
    if (/^\/favicon\.|^\/live\/t\/|^\/api\/|\.(?:vtt|mp4)$/.test(path)) {
      response.writeHead(204).end();
      return;
    }
    const html = pages.get(path.slice(1));
    response.setHeader('Content-Security-Policy', policy);
    response.writeHead(html ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    names: [...pages.keys()],
    address: (name: string) => `http://127.0.0.1:${port}/${encodeURIComponent(name)}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
