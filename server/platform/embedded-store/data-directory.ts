import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from './limits.ts';
import type { ListenAddress } from './wire/serve-socket.ts';

/** Raised when what is on disk is laid out differently. Newer ones are refused, older ones would be converted. */
const formatVersion = 1;

/** The store cannot start here; the message is for the operator. */
export class DataDirectoryError extends Error {}

export interface DataDirectory {
  databasePath: string;
  listenOn: ListenAddress;
  /** Gives the folder free for another owner. */
  release(): Promise<void>;
}

/** Makes the folder private, checks its format and becomes its only owner. @throws DataDirectoryError */
export async function openDataDirectory(dataDirectory: string): Promise<DataDirectory> {
  const folder = join(dataDirectory, 'store');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const giveUp = await becomeOwner(realpathSync(folder), dataDirectory);
  try {
    checkFormat(join(folder, 'format'), dataDirectory);
    const { listenOn, remove } = placeSocket(folder);
    return {
      databasePath: join(folder, 'data.mdb'),
      listenOn,
      release: async () => {
        remove();
        await giveUp();
      },
    };
  } catch (error) {
    await giveUp();
    throw error;
  }
}

function checkFormat(file: string, dataDirectory: string): void {
  if (!existsSync(file)) writeFileSync(file, `${formatVersion}\n`, { mode: 0o600 });
  const found = Number(readFileSync(file, 'utf8'));
  if (found === formatVersion) return;
  throw new DataDirectoryError(
    `The data in ${dataDirectory} has format ${found}, this version of Plenary reads format ${formatVersion}. Start the version that wrote it, or import an export.`,
  );
}

/**
 * An abstract socket named after the folder: the kernel frees it with its process, also after kill -9, where a pid file
 * would go stale. Elsewhere a named pipe (Windows) does the same; other systems rely on lmdb's own lock.
 */
async function becomeOwner(folder: string, dataDirectory: string): Promise<() => Promise<void>> {
  const name = `plenary-store-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  const path = { linux: `\0${name}`, win32: `\\\\.\\pipe\\${name}` }[process.platform as string];
  if (!path) return () => Promise.resolve();
  const lock = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    lock.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Another process is already using the data in ${dataDirectory}. Stop it first, or give this one a DATA_DIR of its own.`;
      reject(error.code === 'EADDRINUSE' ? new DataDirectoryError(taken) : error);
    });
    lock.listen(path, resolve);
  });
  return () => new Promise((resolve) => lock.close(() => resolve()));
}

/** Unix sockets have short names: one that is too long gets a private folder of its own. */
function placeSocket(folder: string): { listenOn: ListenAddress; remove: () => void } {
  if (process.platform === 'win32')
    return { listenOn: { host: '127.0.0.1', port: 0 }, remove: () => undefined };
  const fits = Buffer.byteLength(join(folder, 'db.sock')) <= limits.unixSocketPathBytes;
  const place = fits ? folder : mkdtempSync(join(tmpdir(), `plenary-${randomBytes(4).toString('hex')}-`));
  const path = join(realpathSync(place), 'db.sock');
  rmSync(path, { force: true });
  return {
    listenOn: { path },
    remove: () => rmSync(fits ? path : place, { recursive: true, force: true }),
  };
}
