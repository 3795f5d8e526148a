import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { build } from 'esbuild';
import { securityHeaders } from '../../server/platform/http/security-headers.ts';
import { until } from './until.ts';

const types: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/mp4',
  mp4: 'video/mp4',
  js: 'text/javascript',
  css: 'text/css',
  vtt: 'text/vtt',
  woff2: 'font/woff2',
};
const pictures = [
  '-f',
  'lavfi',
  '-i',
  'testsrc2=size=320x180:rate=15',
  '-f',
  'lavfi',
  '-i',
  'sine=frequency=440',
];
const encoded = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-g',
  '15',
  '-c:a',
  'aac',
  '-b:a',
  '48k',
];
const packaged = ['-f', 'hls', '-hls_segment_type', 'fmp4', '-hls_time', '1', '-master_pl_name', 'main.m3u8'];

export interface HlsSite {
  readonly url: string;
  /** What the server does to pictures just now. */
  readonly mood: { isDown: boolean; token: string | null };
  /** Addresses of pictures that were asked for, as they were asked for. */
  readonly asked: string[];
  /** When the live picture began, by `performance.now()`. */
  readonly liveSince: number;
  close(): Promise<void>;
}

/** A live list as players get it who do not ask for all that is kept: the last few segments. */
function lastSegments(list: string): string {
  const [head = '', ...segments] = list.split(/(?=#EXTINF)/);
  const dropped = Math.max(0, segments.length - 6);
  return [head.replace(/(MEDIA-SEQUENCE:)\d+/, `$1${dropped}`), ...segments.slice(dropped)].join('');
}

/**
 * Real pictures over HTTP under a path token: `run` (or `run-<anything>`) is live, made by ffmpeg as the seconds pass,
 * `whole` is over. A page shows what its `entry` mounts, under the site's own security policy. Without a page it stands
 * in for the media process, and takes any token.
 */
export async function openHlsSite(
  page: {
    readonly entry: string;
    readonly html: string;
    readonly files?: Readonly<Record<string, string>>;
  } | null,
): Promise<HlsSite> {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-hls-'));
  const ffmpegs: ChildProcess[] = [];
  const encode = (name: string, before: string[], after: string[]) => {
    const directory = join(folder, name);
    mkdirSync(directory, { recursive: true });
    const names = [
      '-hls_fmp4_init_filename',
      'init.mp4',
      '-hls_segment_filename',
      join(directory, 's%d.m4s'),
    ];
    const child = spawn(
      'ffmpeg',
      ['-v', 'error', ...before, ...encoded, ...packaged, ...names, ...after, join(directory, 'live.m3u8')],
      { stdio: 'ignore' },
    );
    ffmpegs.push(child);
    return new Promise<void>((resolve) => child.once('close', () => resolve()));
  };
  const real = pictures.flatMap((word) => (word === '-f' ? ['-re', word] : [word]));
  const flags = 'program_date_time+independent_segments';
  const liveSince = performance.now();
  void encode('run', real, ['-hls_list_size', '0', '-hls_flags', flags]);
  const [, bundle] = await Promise.all([
    encode('whole', [...pictures, '-t', '14'], ['-hls_list_size', '0', '-hls_playlist_type', 'vod']),
    page &&
      build({
        entryPoints: { page: page.entry, site: 'client/styles/site.css' },
        outdir: join(folder, 'assets'),
        bundle: true,
        splitting: true,
        format: 'esm',
        jsx: 'automatic',
        jsxImportSource: 'preact',
        loader: { '.woff2': 'file' },
        logLevel: 'error',
      }),
    until('the live picture', () => readFile(join(folder, 'run/main.m3u8')).catch(() => null)),
  ]);
  if ((bundle?.errors.length ?? 0) > 0) throw new Error('The page could not be built');

  const mood: HlsSite['mood'] = { isDown: false, token: page ? 'one' : null };
  const asked: string[] = [];
  const guard = securityHeaders('http://localhost');
  const server = createServer((request, response) => {
    guard(request, response, () => void answer(request.url ?? '/', response));
  });
  async function answer(url: string, response: ServerResponse) {
    const path = normalize(new URL(url, 'http://localhost').pathname);
    if (path === '/') return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page?.html);
    const file = page?.files?.[path];
    if (file)
      return response
        .setHeader('Content-Type', types[path.split('.').at(-1) ?? ''] ?? 'application/json')
        .end(file);
    const held = /^\/live\/t\/([^/]+)\/[\w-]+\/(.+)$/.exec(path);
    if (held) {
      asked.push(url);
      if (mood.token !== null && held[1] !== mood.token) return response.writeHead(403).end();
      if (mood.isDown) return response.writeHead(503).end();
    } else if (path.startsWith('/control/')) return response.end('{}');
    else if (!path.startsWith('/assets/')) return response.writeHead(404).end();
    const bytes = await readFile(join(folder, held?.[2]?.replace(/^run-[\w-]+/, 'run') ?? path)).catch(
      () => null,
    );
    response.setHeader('Content-Type', types[path.split('.').at(-1) ?? ''] ?? 'text/plain');
    const isShort = path.endsWith('/live.m3u8') && path.includes('/run') && !url.includes('dvr=1');
    response.writeHead(bytes ? 200 : 404).end(bytes && isShort ? lastSegments(String(bytes)) : bytes);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    mood,
    asked,
    liveSince,
    async close() {
      for (const child of ffmpegs) child.kill('SIGKILL');
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
