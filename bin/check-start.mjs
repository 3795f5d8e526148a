// Starts the product as `npm start` does, on an empty data folder and free ports, reads its pages and stops it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-start-'));
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
const port = await freePort();
const environment = {
  ...process.env,
  NODE_ENV: 'development',
  PORT: String(port),
  ADMIN_PORT: String(await freePort()),
  DATA_DIR: dataDirectory,
};

async function startOnce(label) {
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Plenary is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  await ready;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const page = await (await fetch(`http://localhost:${port}/`)).text();
  for (const text of ['Learning &amp; Development', 'Public Sector Decarbonisation']) {
    if (!page.includes(text)) throw new Error(`The home page does not show ${text}`);
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await ended;
  console.log(`${label}: ready in ${seconds} s, the home page shows the demo's events`);
}

try {
  await startOnce('first npm start');
  await startOnce('second npm start');
} finally {
  rmSync(dataDirectory, { recursive: true, force: true });
}
