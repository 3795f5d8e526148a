import { join, relative, sep } from 'node:path';

/** A file below `<dataDirectory>/live`, by the folder whose `uploaded.ndjson` tells of it. */
export interface ObjectPlace {
  /** Absolute: of a run, or the `files` of a stream. */
  readonly folder: string;
  /** Inside the folder, with `/`. */
  readonly name: string;
}

const id = '[\\w-]{8,64}';
const inRun = new RegExp(
  `^live/${id}/${id}/(?:[\\w-]{1,32}/(?:init-\\d{1,9}\\.mp4|s\\d{1,9}\\.m4s)|\\w+\\.ndjson)$`,
);
const inFiles = new RegExp(`^live/${id}/files/(?:${id}(?:\\.mp4|-[1-5]\\.jpg)|uploaded\\.ndjson)$`);

export const isObjectKey = (key: string): boolean => inRun.test(key) || inFiles.test(key);

/** The key in the bucket is the path below the data directory; null: nothing of ours. */
export function keyOf(dataDirectory: string, path: string): string | null {
  const key = relative(dataDirectory, path).split(sep).join('/');
  return isObjectKey(key) ? key : null;
}

export function placeOf(dataDirectory: string, key: string): ObjectPlace {
  const [live = '', streamId = '', folder = '', ...rest] = key.split('/');
  return { folder: join(dataDirectory, live, streamId, folder), name: rest.join('/') };
}

const types: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
  jpg: 'image/jpeg',
  ndjson: 'application/x-ndjson',
};

export const typeOf = (name: string): string =>
  types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
