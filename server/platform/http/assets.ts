import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).optional() }),
);

/** Addresses of the built style sheet and script, as pages link to them. */
export interface Assets {
  readonly styles: string[];
  readonly script: string | null;
  /** The folder served at `/assets/`, whose hashed names never change their content. */
  readonly directory: string;
}

/** Reads Vite's build manifest. Throws with the command to run when the browser build is missing. */
export function readAssets(directory: string): Assets {
  let text: string;
  try {
    text = readFileSync(join(directory, 'manifest.json'), 'utf8');
  } catch (cause) {
    throw new Error(`No browser build in ${directory}; run: npm run build`, { cause });
  }
  const manifest = manifestSchema.parse(JSON.parse(text));
  const script = manifest['client/browser.ts'];
  const sheet = manifest['client/styles/site.css'];
  const address = (file: string) => `/assets/${file.replace(/^assets\//, '')}`;
  return {
    styles: [...(sheet ? [sheet.file] : []), ...(script?.css ?? [])].map(address),
    script: script ? address(script.file) : null,
    directory: join(directory, 'assets'),
  };
}
