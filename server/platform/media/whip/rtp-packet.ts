/** RTP, RFC 3550 section 5.1. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly sequence: number;
  /** In units of the payload's clock: 90 kHz of video, 48 kHz of Opus. */
  readonly timestamp: number;
  readonly ssrc: number;
  /** Of video: the last packet of a picture. */
  readonly marker: boolean;
  readonly payload: Buffer;
}

/** Packet types 192 to 223 are RTCP where both share a port (RFC 5761, section 4). */
export const isRtcp = (bytes: Buffer): boolean => {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
};

/** null: not a whole RTP packet. The payload is a view of the bytes that were given. */
export function readRtp(bytes: Buffer): RtpPacket | null {
  const first = bytes[0] ?? 0;
  const second = bytes[1] ?? 0;
  if (bytes.length < 12 || first >> 6 !== 2) return null;
  let start = 12 + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > bytes.length) return null;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const padding = first & 0x20 ? (bytes[bytes.length - 1] ?? 0) : 0;
  const end = bytes.length - padding;
  if (start > end || (first & 0x20 && padding === 0)) return null;
  return {
    payloadType: second & 0x7f,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    marker: (second & 0x80) !== 0,
    payload: bytes.subarray(start, end),
  };
}

/** Turns a counter that wraps into one that does not: the value nearest to the last one. */
export function unwrap(bits: 16 | 32): (value: number) => number {
  const size = 2 ** bits;
  let last: number | null = null;
  return (value) => {
    if (last === null) return (last = value);
    const step = (((value - last) % size) + size) % size;
    return (last += step < size / 2 ? step : step - size);
  };
}
