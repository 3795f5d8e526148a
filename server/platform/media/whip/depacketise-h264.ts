import { nalType, nalTypes } from '../h264/nal-units.ts';
import type { RtpPacket } from './rtp-packet.ts';

/** One picture: the NAL units between two changes of the timestamp. */
export interface Picture {
  /** RTP time of 90 kHz, of 32 bits. */
  readonly timestamp: number;
  readonly nals: readonly Buffer[];
}

export interface PictureReader {
  /** Takes packets in order. */
  take(packet: RtpPacket): void;
  /** Packets are missing before the next one: what was begun is not whole. */
  lose(): void;
}

const types = { singleLast: 23, stapA: 24, fuA: 28 } as const;
const mostNals = 512;
const mostBytes = 8 * 2 ** 20;

/**
 * RFC 6184, packetization mode 1: single NAL units, STAP-A and FU-A. A picture that is not whole goes to `spoilt` and
 * not to `picture`; both are called in order.
 */
export function readPictures(to: { picture(picture: Picture): void; spoilt(): void }): PictureReader {
  let nals: Buffer[] = [];
  let bytes = 0;
  let fragments: Buffer[] | null = null;
  let timestamp: number | null = null;
  let isSpoilt = false;

  const add = (nal: Buffer) => {
    bytes += nal.length;
    if (nal.length === 0 || nals.length >= mostNals || bytes > mostBytes) isSpoilt = true;
    else nals.push(nal);
  };
  const end = () => {
    if (timestamp === null) return;
    const isWhole = !isSpoilt && fragments === null && beginsAtTop(nals);
    const whole = { timestamp, nals };
    const hadAnything = nals.length > 0 || fragments !== null || isSpoilt;
    [nals, bytes, fragments, timestamp, isSpoilt] = [[], 0, null, null, false];
    if (isWhole && whole.nals.length > 0) to.picture(whole);
    else if (hadAnything) to.spoilt();
  };
  const aggregate = (payload: Buffer) => {
    let at = 1;
    while (at + 2 <= payload.length) {
      const length = payload.readUInt16BE(at);
      at += 2;
      if (length === 0 || at + length > payload.length) break;
      add(payload.subarray(at, at + length));
      at += length;
    }
    if (at !== payload.length) isSpoilt = true;
  };
  const fragment = (payload: Buffer) => {
    const [indicator = 0, header] = payload;
    if (header === undefined || payload.length < 3) return void (isSpoilt = true);
    const [isFirst, isLast] = [(header & 0x80) !== 0, (header & 0x40) !== 0];
    if (isFirst) {
      if (fragments) isSpoilt = true;
      fragments = [Buffer.of((indicator & 0xe0) | (header & 0x1f))];
    }
    if (!fragments || fragments.length > 20_000) return void (isSpoilt = true);
    fragments.push(payload.subarray(2));
    if (!isLast) return;
    const nal = Buffer.concat(fragments);
    fragments = null;
    add(nal);
  };

  return {
    take({ payload, marker, timestamp: at }) {
      // Probing packets hold padding only.
      if (payload.length === 0) return;
      if (timestamp !== null && at !== timestamp) end();
      timestamp = at;
      const type = (payload[0] ?? 0) & 0x1f;
      if (fragments && type !== types.fuA) {
        fragments = null;
        isSpoilt = true;
      }
      if (type >= 1 && type <= types.singleLast) add(payload);
      else if (type === types.stapA) aggregate(payload);
      else if (type === types.fuA) fragment(payload);
      else isSpoilt = true;
      if (marker) end();
    },
    lose() {
      if (timestamp !== null) isSpoilt = true;
      end();
      to.spoilt();
    },
  };
}

/** After a loss the first packet may be of a picture's middle: then its first slice is not of macroblock 0. */
function beginsAtTop(nals: readonly Buffer[]): boolean {
  const slice = nals.find((nal) => nalType(nal) === nalTypes.slice || nalType(nal) === nalTypes.idr);
  return !slice || ((slice[1] ?? 0) & 0x80) !== 0;
}
