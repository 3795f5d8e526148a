/** One whole message of RTMP. */
export interface RtmpMessage {
  readonly type: number;
  /** ms, modulo 2^32. */
  readonly timestamp: number;
  /** 0: about the connection; otherwise the number that createStream gave. */
  readonly streamId: number;
  readonly body: Buffer;
}

/** Message types (Adobe RTMP 1.0, 5.4 and 7.1) that a server for publishers has to know. */
export const messageTypes = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowSize: 5,
  peerBandwidth: 6,
  audio: 8,
  video: 9,
  amf3Command: 17,
  amf0Command: 20,
} as const;

/** Events of user control messages (7.1.7). */
export const controlEvents = { streamBegin: 0, ping: 6, pong: 7 } as const;
