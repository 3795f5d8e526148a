import { open, type FileHandle } from 'node:fs/promises';

/** Boxes at the top of a file, and bytes of the index of a film: more is no film of anybody's camera. */
const mostBoxes = 100_000;
const largestIndex = 64 * 1024 * 1024;

/**
 * Looks into a file: null unless it is an MP4 (ISO/IEC 14496-12) whose boxes fill it to its end, with an index (`moov`)
 * that names a video track and how long it plays. Never throws for what is in the file.
 */
export async function readMp4(path: string): Promise<{ readonly durationMs: number } | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    let isMp4 = false;
    let durationMs: number | null = null;
    let at = 0;
    for (let boxes = 0; at < size; boxes += 1) {
      const box = boxes < mostBoxes ? await readBox(file, at, size) : null;
      if (!box || (boxes === 0 && box.type !== 'ftyp')) return null;
      isMp4 ||= box.type === 'ftyp';
      if (box.type === 'moov') {
        if (box.end - box.start > largestIndex) return null;
        durationMs = readIndex(await bytesOf(file, box.start, box.end - box.start));
        if (durationMs === null) return null;
      }
      at = box.end;
    }
    return isMp4 && durationMs !== null && at === size ? { durationMs } : null;
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

/** One box: `start` is where its content begins. Size 1: a 64-bit size follows; 0: up to the end of the file. */
async function readBox(file: FileHandle, at: number, size: number) {
  const head = await bytesOf(file, at, 16);
  if (head.length < 8) return null;
  const type = head.toString('latin1', 4, 8);
  const told = head.readUInt32BE(0);
  const isLong = told === 1;
  if (isLong && head.length < 16) return null;
  const length = isLong ? Number(head.readBigUInt64BE(8)) : told === 0 ? size - at : told;
  const start = at + (isLong ? 16 : 8);
  const end = at + length;
  return /^[\x20-\x7e]{4}$/.test(type) && end >= start && end <= size ? { type, start, end } : null;
}

/** ms that the film plays by its header (`mvhd`); null without one, or without a track of pictures (`vide`). */
function readIndex(moov: Buffer): number | null {
  const at = moov.indexOf('mvhd', 0, 'latin1');
  if (at < 0 || !moov.includes('vide', 0, 'latin1')) return null;
  const isLong = moov[at + 4] === 1;
  const scaleAt = at + (isLong ? 24 : 16);
  if (moov.length < scaleAt + 12) return null;
  const timescale = moov.readUInt32BE(scaleAt);
  const duration = isLong ? Number(moov.readBigUInt64BE(scaleAt + 4)) : moov.readUInt32BE(scaleAt + 4);
  const ms = timescale === 0 ? 0 : Math.round((duration / timescale) * 1_000);
  return ms > 0 && ms < 48 * 3_600_000 ? ms : null;
}
