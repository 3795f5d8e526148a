import { statfs } from 'node:fs/promises';
import type { Logger } from '../../logging/create-logger.ts';

/**
 * `low`: the organiser is warned. `scarce`: the source alone is recorded, which is what a replay cannot be without. `full`:
 * recording stops, the live picture goes on.
 */
export type DiskState = 'enough' | 'low' | 'scarce' | 'full';

const lookEveryMs = 10_000;
const gigabyte = 2 ** 30;

export interface DiskWatch {
  state(): DiskState;
  look(): Promise<DiskState>;
  stop(): void;
}

export function judgeDisk(free: number, all: number): DiskState {
  if (free < all * 0.01) return 'full';
  if (free < all * 0.02) return 'scarce';
  return free < all * 0.05 || free < 2 * gigabyte ? 'low' : 'enough';
}

/** Looks every ten seconds how much room is left where recordings are kept. */
export function watchDisk(
  directory: string,
  options: {
    readonly logger: Logger;
    /** After every look. */
    readonly onLook: (state: DiskState) => void;
    readonly readRoom?: (directory: string) => Promise<{ free: number; all: number }>;
  },
): DiskWatch {
  const readRoom = options.readRoom ?? readFileSystem;
  let state: DiskState = 'enough';
  const look = async () => {
    try {
      const { free, all } = await readRoom(directory);
      const found = judgeDisk(free, all);
      if (found !== state) {
        options.logger.warn({ found, freeBytes: free }, 'the room left for recordings changed');
        state = found;
      }
      options.onLook(found);
    } catch (error) {
      options.logger.warn({ err: error }, 'the room left for recordings is not known');
    }
    return state;
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  return { state: () => state, look, stop: () => clearInterval(timer) };
}

async function readFileSystem(directory: string): Promise<{ free: number; all: number }> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return { free: bavail * bsize, all: blocks * bsize };
}
