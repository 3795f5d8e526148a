// `npm run bench -- NAME [--full]`: runs bench/NAME/main.ts (or bench/NAME.ts) against its yardsticks.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

const [name, ...rest] = process.argv.slice(2);
const file = [`bench/${name}/main.ts`, `bench/${name}.ts`].find(
  (path) => name && existsSync(join(root, path)),
);
if (!file) {
  console.error(
    `Say which: ${readdirSync(join(root, 'bench'))
      .map((entry) => entry.replace(/\.ts$/, ''))
      .join(', ')}`,
  );
  process.exit(2);
}
await ensureInstalled();
await ensureBuilt();
process.exit(
  spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { cwd: root, stdio: 'inherit' }).status ??
    1,
);
