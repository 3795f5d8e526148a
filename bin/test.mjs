// `npm test`: installs and builds what is missing, Chromium, Redis and ffmpeg included where apt-get is allowed, then runs every test.
// `npm run test:full` looks at every page in all four combinations of width and theme.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

const arguments_ = process.argv.slice(2);
await ensureInstalled();
await ensureBuilt();
ensurePackages();

const chosen = arguments_.filter((argument) => argument !== '--full');
// What looks at pages and runs whole days goes beside the rest: either alone leaves a core idle.
const whole = ['browser', 'client', 'emails', 'journeys'].map(
  (folder) => `test/${folder}/**/*.test.{ts,tsx}`,
);
const parts =
  chosen.length > 0
    ? [chosen]
    : [['test/**/*.test.{ts,tsx}', ...whole.flatMap((spec) => ['--ignore', spec])], whole];
const results = await Promise.all(parts.map((specs, index) => runPart(specs, index === 0)));
for (const { kept } of results) process.stdout.write(kept);
const [passed, failed, skipped] = [0, 1, 2].map((place) =>
  results.reduce((sum, { counts }) => sum + counts[place], 0),
);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(results.every(({ code }) => code === 0) ? 0 : 1);

/** Runs some tests in a process; what it prints is shown as it comes, or kept until all are done. */
function runPart(specs, isShown) {
  const child = spawn(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', '--reporter', 'bin/test-reporter.cjs', ...specs],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        ...(arguments_.includes('--full') ? { PLENARY_FULL_TESTS: '1' } : {}),
      },
    },
  );
  let kept = '';
  let counts = [0, 0, 0];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const total = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line);
    if (total) counts = total.slice(1).map(Number);
    else if (isShown) console.log(line);
    else kept += `${line}\n`;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code: code ?? 1, counts, kept })));
}

/** What the tests need from the system: where it may be, what names another place, and the Debian package. */
function ensurePackages() {
  const needed = [
    {
      name: 'Chromium',
      variable: 'CHROMIUM_PATH',
      package: 'chromium',
      places: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    },
    {
      name: 'redis-server',
      variable: 'REDIS_SERVER_PATH',
      package: 'redis-server',
      places: ['/usr/bin/redis-server', '/usr/local/bin/redis-server'],
    },
    {
      name: 'ffmpeg',
      variable: 'FFMPEG_PATH',
      package: 'ffmpeg',
      places: ['/usr/bin/ffmpeg', '/usr/local/bin/ffmpeg'],
    },
  ];
  const missing = needed.filter(
    ({ variable, places }) => !process.env[variable] && !places.some((path) => existsSync(path)),
  );
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  const run = (...command) =>
    spawnSync(command[0], command.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0;
  const apt = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  console.log(`Installing ${missing.map(({ name }) => name).join(' and ')} for the tests…`);
  const packages = missing.map((one) => one.package);
  if (run(...apt, 'update') && run(...apt, 'install', '-y', '--no-install-recommends', ...packages)) return;
  for (const { name, variable } of missing)
    console.error(`The tests need ${name}: install it, or set ${variable} to one.`);
  process.exit(1);
}
