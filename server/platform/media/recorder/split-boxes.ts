/** What is sent is no recording that can be read; `message` tells the sender why. */
export class RecordingFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RecordingFault';
  }
}

export interface WholeBox {
  readonly type: string;
  readonly body: Buffer;
  /** Of the whole box, its head included. */
  readonly length: number;
}

const mostBytes: Readonly<Record<string, number>> = { ftyp: 1_024, moov: 256 * 1_024, moof: 2 ** 20 };
const mostOfAny = 16 * 2 ** 20;
const webm = Buffer.from('1a45dfa3', 'hex');
const known = /^[\x20-\x7e]{4}$/;

/** Gathers bytes, cut anywhere, into the top boxes of an MP4 file (ISO/IEC 14496-12). Throws a RecordingFault. */
export function splitBoxes(take: (box: WholeBox) => void): (bytes: Buffer) => void {
  let gathered: Buffer[] = [];
  let have = 0;
  let wanted = 8;
  let isFirst = true;

  return (bytes) => {
    gathered.push(bytes);
    have += bytes.length;
    while (have >= wanted) {
      const all = gathered.length === 1 && gathered[0] ? gathered[0] : Buffer.concat(gathered, have);
      gathered = [all];
      const length = lengthOf(all, isFirst);
      isFirst = false;
      wanted = length;
      if (have < length) return;
      gathered = have > length ? [all.subarray(length)] : [];
      have -= length;
      wanted = 8;
      take({ type: all.toString('latin1', 4, 8), body: all.subarray(8, length), length });
    }
  };
}

function lengthOf(bytes: Buffer, isFirst: boolean): number {
  if (isFirst && bytes.subarray(0, 4).equals(webm))
    throw new RecordingFault('WebM is not taken: record as video/mp4 with avc1 and opus.');
  const length = bytes.readUInt32BE(0);
  const type = bytes.toString('latin1', 4, 8);
  if (!known.test(type) || length < 8 || (isFirst && type !== 'ftyp'))
    throw new RecordingFault('This is no MP4 recording.');
  if (length > (mostBytes[type] ?? mostOfAny))
    throw new RecordingFault('A piece of the recording is too large: record with more frequent key frames.');
  return length;
}
