// `npm test`: installs and builds what is missing, Chromium included where apt-get is allowed, then runs every test.
// `npm run test:full` looks at every page in all four combinations of width and theme.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

const arguments_ = process.argv.slice(2);
await ensureInstalled();
await ensureBuilt();
ensureChromium();

const chosen = arguments_.filter((argument) => argument !== '--full');
const specs = chosen.length > 0 ? chosen : ['test/**/*.test.{ts,tsx}'];
const child = spawn(
  process.execPath,
  ['node_modules/mocha/bin/mocha.js', '--reporter', 'bin/test-reporter.cjs', ...specs],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      ...(arguments_.includes('--full') ? { PLENARY_FULL_TESTS: '1' } : {}),
    },
  },
);
child.once('exit', (code) => process.exit(code ?? 1));

function ensureChromium() {
  if (
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) =>
      existsSync(path),
    ) ||
    process.env.CHROMIUM_PATH
  )
    return;
  const isRoot = process.getuid?.() === 0;
  const run = (...command) =>
    spawnSync(command[0], command.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const apt = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  console.log('Installing Chromium for the browser tests…');
  if (run(...apt, 'update') && run(...apt, 'install', '-y', '--no-install-recommends', 'chromium')) return;
  console.error('The browser tests need Chromium: install it, or set CHROMIUM_PATH to one.');
  process.exit(1);
}
