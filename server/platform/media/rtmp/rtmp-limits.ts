export interface RtmpLimits {
  readonly handshakeMs: number;
  /** From the handshake to the wish to publish, and from one publishing to the next. */
  readonly publishMs: number;
  /** For the answer to "may this key publish?". */
  readonly admitMs: number;
  /** Without a byte. */
  readonly idleMs: number;
  readonly maxMessageBytes: number;
  readonly maxConnections: number;
  /** Connections of one address that have not been let in yet. */
  readonly maxWaitingPerAddress: number;
}

export const rtmpLimits: RtmpLimits = {
  handshakeMs: 10_000,
  publishMs: 15_000,
  admitMs: 20_000,
  idleMs: 30_000,
  maxMessageBytes: 8 * 1024 * 1024,
  maxConnections: 500,
  maxWaitingPerAddress: 20,
};
