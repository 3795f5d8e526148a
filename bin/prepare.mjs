// Installs and builds only when the lockfile or a source changed since the last time, so that a second start is quick.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const installStamp = join(root, 'node_modules/.plenary-installed');
const buildStamp = join(root, 'dist/.built');

export async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (readStamp(installStamp) === wanted || wasInstalledByHand()) return;
  console.log('Installing packages…');
  const result = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeFileSync(installStamp, wanted);
}

/** `npm install` writes its own record of what stands in node_modules, in the moment it writes the lockfile. */
function wasInstalledByHand() {
  const installed = statSync(join(root, 'node_modules/.package-lock.json'), { throwIfNoEntry: false });
  return (
    installed !== undefined && installed.mtimeMs + 10_000 > statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

export async function ensureBuilt() {
  const wanted = sourceFingerprint();
  if (readStamp(buildStamp) === wanted && existsSync(join(root, 'dist/start.js'))) return;
  console.log('Building…');
  const { build } = await import('./build.mjs');
  // Vite sets NODE_ENV to production for the whole process; what runs next decides that itself.
  const { NODE_ENV } = process.env;
  await build();
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(buildStamp, wanted);
}

/** Names, sizes and times of everything a build reads: far quicker than reading it. */
function sourceFingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return;
    if (found.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
  };
  for (const name of [
    'server',
    'client',
    'emails',
    'bin/build.mjs',
    'vite.config.ts',
    'tsconfig.json',
    'package-lock.json',
  ])
    visit(join(root, name));
  return hash.digest('hex');
}

function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
