// `npm run dev`: the server reloads on change (tsx watch) and the browser part is rebuilt (vite build --watch).
import { spawn } from 'node:child_process';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
// Node runs the tools themselves: npx would not pass a signal on, and they would outlive us.
const run = (tool, ...options) =>
  spawn(process.execPath, [tool, ...options], { cwd: root, stdio: 'inherit' });
const children = [
  run('node_modules/vite/bin/vite.js', 'build', '--watch', '--emptyOutDir=false', '--logLevel=warn'),
  run(
    'node_modules/tsx/dist/cli.mjs',
    'watch',
    '--clear-screen=false',
    '--include=dist/client/manifest.json',
    'server/start.ts',
  ),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
await Promise.race(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
stop();
