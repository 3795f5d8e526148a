import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { root } from '../architecture/source-files.ts';
import advisories from './advisories.json' with { type: 'json' };

const lockfile = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        dev: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));

type Packages = typeof lockfile.packages;

/** Every copy of a package, nested ones too, below the first version without a known hole; and banned ones. */
function complaints(packages: Packages): string[] {
  const minimum: Partial<Record<string, string>> = advisories.minimum;
  return Object.entries(packages).flatMap(([path, { version }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const least = minimum[name];
    if (advisories.banned.includes(name)) return [`${path} is banned`];
    return least && version && isBefore(version, least) ? [`${path} is ${version}, needs ${least}`] : [];
  });
}

function isBefore(version: string, least: string): boolean {
  const parts = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [a, b] = [parts(version), parts(least)];
  const index = a.findIndex((part, position) => part !== b[position]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}

describe('the dependencies', () => {
  it('hold no version with a known hole, nested copies included', () => {
    expect(complaints(lockfile.packages)).to.deep.equal([]);
  });

  it('are refused when a nested copy is old or a package is banned', () => {
    const planted = {
      'node_modules/a/node_modules/ws': { version: '8.20.9' },
      'node_modules/xlsx': { version: '1.0.0' },
      'node_modules/qs': { version: '6.16.0' },
    };
    expect(complaints(planted)).to.deep.equal([
      'node_modules/a/node_modules/ws is 8.20.9, needs 8.21.0',
      'node_modules/xlsx is banned',
    ]);
  });

  it('are pinned to exact versions', () => {
    const manifest = z.object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    });
    const { dependencies, devDependencies } = manifest.parse(
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    );
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).to.deep.equal([]);
  });

  it('come with a checksum', () => {
    const unchecked = Object.entries(lockfile.packages).filter(
      ([path, { integrity }]) => path !== '' && !integrity,
    );
    expect(unchecked.map(([path]) => path)).to.deep.equal([]);
  });
});
