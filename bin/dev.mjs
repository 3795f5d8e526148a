// `npm run dev`: the server reloads on change (tsx watch) and the browser part is rebuilt (vite build --watch).
import { spawn } from 'node:child_process';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
const children = [
  spawn('npx', ['vite', 'build', '--watch', '--emptyOutDir=false', '--logLevel=warn'], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn(
    'npx',
    ['tsx', 'watch', '--clear-screen=false', '--include=dist/client/manifest.json', 'server/start.ts'],
    { cwd: root, stdio: 'inherit' },
  ),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
await Promise.race(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
stop();
