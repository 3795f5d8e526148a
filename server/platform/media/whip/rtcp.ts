/** RTCP as far as a receiver needs it: RFC 3550 (reports), RFC 4585 (NACK, PLI), draft-alvestrand-rmcat-remb. */

export interface SenderReport {
  readonly ssrc: number;
  /** ms of the sender's clock. */
  readonly senderMs: number;
  readonly timestamp: number;
  /** The middle 32 bits of the sender's time, which our report repeats for its round trip. */
  readonly middle: number;
}

/** The sender reports in a compound packet; whatever else or broken is in it is passed over. */
export function readSenderReports(bytes: Buffer): SenderReport[] {
  const reports: SenderReport[] = [];
  let at = 0;
  while (at + 4 <= bytes.length && (bytes[at] ?? 0) >> 6 === 2) {
    const length = 4 + bytes.readUInt16BE(at + 2) * 4;
    if (bytes[at + 1] === 200 && length >= 28 && at + length <= bytes.length) {
      const seconds = bytes.readUInt32BE(at + 8);
      const fraction = bytes.readUInt32BE(at + 12);
      reports.push({
        ssrc: bytes.readUInt32BE(at + 4),
        senderMs: seconds * 1_000 + (fraction * 1_000) / 2 ** 32,
        timestamp: bytes.readUInt32BE(at + 16),
        middle: bytes.readUInt32BE(at + 10),
      });
    }
    at += length;
  }
  return reports;
}

export interface ReceptionReport {
  readonly ssrc: number;
  /** 0 to 1, since the last report. */
  readonly lossShare: number;
  readonly lostInAll: number;
  readonly highest: number;
  readonly middle: number;
  /** ms since that sender report came. */
  readonly sinceMs: number;
}

export function receiverReport(own: number, reports: readonly ReceptionReport[]): Buffer {
  const packet = Buffer.alloc(8 + 24 * reports.length);
  writeHead(packet, reports.length, 201, own);
  for (const [index, report] of reports.entries()) {
    const at = 8 + 24 * index;
    packet.writeUInt32BE(report.ssrc, at);
    packet.writeUInt8(Math.min(255, Math.round(report.lossShare * 256)), at + 4);
    packet.writeUIntBE(Math.min(0x7fffff, report.lostInAll), at + 5, 3);
    packet.writeUInt32BE(report.highest >>> 0, at + 8);
    packet.writeUInt32BE(report.middle, at + 16);
    const delay = report.middle === 0 ? 0 : Math.round((report.sinceMs * 65_536) / 1_000);
    packet.writeUInt32BE(Math.min(0xffffffff, delay), at + 20);
  }
  return packet;
}

/** Asks for a key frame. */
export function pictureLoss(own: number, ssrc: number): Buffer {
  const packet = Buffer.alloc(12);
  writeHead(packet, 1, 206, own);
  packet.writeUInt32BE(ssrc, 8);
  return packet;
}

/** Asks for packets again, by their sequence numbers in rising order. */
export function askAgain(own: number, ssrc: number, sequences: readonly number[]): Buffer {
  const pairs: { first: number; mask: number }[] = [];
  for (const sequence of sequences) {
    const last = pairs.at(-1);
    const away = last ? (sequence - last.first + 65_536) % 65_536 : 0;
    if (last && away >= 1 && away <= 16) last.mask |= 1 << (away - 1);
    else pairs.push({ first: sequence, mask: 0 });
  }
  const packet = Buffer.alloc(12 + 4 * pairs.length);
  writeHead(packet, 1, 205, own);
  packet.writeUInt32BE(ssrc, 8);
  for (const [index, { first, mask }] of pairs.entries()) {
    packet.writeUInt16BE(first, 12 + 4 * index);
    packet.writeUInt16BE(mask, 14 + 4 * index);
  }
  return packet;
}

/** Tells the sender how many bits per second it may send. */
export function mostBitrate(own: number, ssrc: number, bitsPerSecond: number): Buffer {
  const packet = Buffer.alloc(24);
  writeHead(packet, 15, 206, own);
  packet.write('REMB', 12, 'latin1');
  let exponent = 0;
  while (bitsPerSecond / 2 ** exponent >= 2 ** 18) exponent += 1;
  const mantissa = Math.floor(bitsPerSecond / 2 ** exponent);
  packet.writeUInt8(1, 16);
  packet.writeUIntBE(exponent * 2 ** 18 + mantissa, 17, 3);
  packet.writeUInt32BE(ssrc, 20);
  return packet;
}

function writeHead(packet: Buffer, count: number, type: number, own: number): void {
  packet.writeUInt8(0x80 | count, 0);
  packet.writeUInt8(type, 1);
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
  packet.writeUInt32BE(own, 4);
}

const bitrates = { least: 150_000, most: 6_000_000 } as const;
export const firstBitrate = 3_000_000;

/** A second of loss lowers what the sender may send, a second without raises it (as RFC 8698's peers do by loss). */
export function bitrateAfter(bitrate: number, lossShare: number): number {
  const next = lossShare > 0.1 ? bitrate * (1 - lossShare / 2) : lossShare < 0.02 ? bitrate * 1.08 : bitrate;
  return Math.round(Math.min(bitrates.most, Math.max(bitrates.least, next)));
}
