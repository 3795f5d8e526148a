/** `TagType` of FLV (Adobe Flash Video File Format 10.1, E.4.1), and message type of RTMP: they are the same. */
export const tagTypes = { audio: 8, video: 9, script: 18 } as const;

export interface FlvTag {
  readonly type: number;
  /** ms, modulo 2^32. */
  readonly timestamp: number;
  readonly body: Buffer;
}

/** What a file begins with, the length of "the tag before" included. */
export function flvHeader({ hasAudio, hasVideo }: { hasAudio: boolean; hasVideo: boolean }): Buffer {
  const header = Buffer.from('FLV\x01\0\0\0\0\x09\0\0\0\0', 'latin1');
  header[4] = (hasAudio ? 4 : 0) | (hasVideo ? 1 : 0);
  return header;
}

export function writeTag({ type, timestamp, body }: FlvTag): Buffer {
  const tag = Buffer.allocUnsafe(11 + body.length + 4);
  tag[0] = type;
  tag.writeUIntBE(body.length, 1, 3);
  tag.writeUIntBE(timestamp & 0xffffff, 4, 3);
  tag[7] = (timestamp >>> 24) & 0xff;
  tag.writeUIntBE(0, 8, 3);
  body.copy(tag, 11);
  tag.writeUInt32BE(11 + body.length, 11 + body.length);
  return tag;
}
