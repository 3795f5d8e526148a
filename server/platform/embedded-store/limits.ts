/** What a client may send and how long anything may take. Sizes in bytes, times in milliseconds. */
export const limits = {
  documentBytes: 16 * 1024 * 1024,
  /** A stored reply or a command may carry a full document plus its envelope. */
  nestingLevels: 180,
  messageBytes: 48_000_000,
  batchStatements: 100_000,
  replyBatchBytes: 16 * 1024 * 1024,
  firstBatchDocuments: 101,
  idKeyBytes: 400,
  indexesPerCollection: 64,
  slowScanDocuments: 1_000,
  slowQueryMs: 100,
  cursorIdleMs: 10 * 60_000,
  sessionIdleMs: 30 * 60_000,
  /** The longest a write waits for others to share its flush with. */
  gatherMs: 6,
  lockWaitMs: 5_000,
  transactionIdleWhileOthersWaitMs: 5_000,
  transactionIdleMs: 60_000,
  expirySweepMs: 60_000,
  expiryBatchDocuments: 500,
  /** Address space, not disk: the file grows only with the data. */
  mapBytes: 64 * 1024 ** 3,
  unixSocketPathBytes: 107,
} as const;

/** The newest wire protocol spoken: 7.0. From 25 on the driver would send the 8.0 `bulkWrite` command. */
export const maxWireVersion = 21;
