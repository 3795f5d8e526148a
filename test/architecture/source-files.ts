import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A file of the repository: its path from the root with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const root = join(import.meta.dirname, '../..');

/** Every TypeScript (and, on request, other) file under the given folders. */
export function readSources(folders: readonly string[], extension = /\.tsx?$/): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extension.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
      }),
  );
}

export const lineCount = (file: SourceFile): number =>
  file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
