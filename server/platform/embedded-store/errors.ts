/** Error names of the MongoDB server for the codes the store can answer with (error_codes.yml). */
const CODE_NAMES = new Map<number, string>([
  [1, 'InternalError'],
  [2, 'BadValue'],
  [9, 'FailedToParse'],
  [14, 'TypeMismatch'],
  [15, 'Overflow'],
  [24, 'LockTimeout'],
  [26, 'NamespaceNotFound'],
  [22, 'InvalidBSON'],
  [27, 'IndexNotFound'],
  [28, 'PathNotViable'],
  [40, 'ConflictingUpdateOperators'],
  [43, 'CursorNotFound'],
  [48, 'NamespaceExists'],
  [50, 'MaxTimeMSExpired'],
  [52, 'DollarPrefixedFieldName'],
  [54, 'NotSingleValueField'],
  [56, 'EmptyFieldName'],
  [59, 'CommandNotFound'],
  [66, 'ImmutableField'],
  [67, 'CannotCreateIndex'],
  [72, 'InvalidOptions'],
  [73, 'InvalidNamespace'],
  [85, 'IndexOptionsConflict'],
  [86, 'IndexKeySpecsConflict'],
  [112, 'WriteConflict'],
  [168, 'InvalidPipelineOperator'],
  [171, 'CannotIndexParallelArrays'],
  [175, 'QueryPlanKilled'],
  [225, 'TransactionTooOld'],
  [238, 'NotImplemented'],
  [251, 'NoSuchTransaction'],
  [263, 'OperationNotSupportedInTransaction'],
  [10334, 'BSONObjectTooLarge'],
  [11000, 'DuplicateKey'],
  [14031, 'OutOfDiskSpace'],
]);

/** What a `StoreError` carries besides its text: error labels and fields such as `keyPattern`. */
export interface StoreErrorExtras {
  labels?: string[];
  details?: Record<string, unknown>;
}

/** An error a driver may see. `code` and `codeName` are the MongoDB server's; the message becomes `errmsg`. */
export class StoreError extends Error {
  readonly codeName: string;
  readonly labels?: string[];
  readonly details?: Record<string, unknown>;

  constructor(
    readonly code: number,
    message: string,
    extras: StoreErrorExtras = {},
  ) {
    super(message);
    this.name = 'StoreError';
    this.codeName = CODE_NAMES.get(code) ?? `Location${code}`;
    if (extras.labels) this.labels = extras.labels;
    if (extras.details) this.details = extras.details;
  }
}

/** 238: MongoDB knows it, the store does not. `what` names it, e.g. "The query operator $near". */
export function notImplemented(what: string): StoreError {
  return new StoreError(
    238,
    `${what} is not in the embedded store; set MONGODB_URI to a MongoDB replica set to use it`,
  );
}

/** 2: a value no MongoDB server would accept here. */
export function badValue(message: string): StoreError {
  return new StoreError(2, message);
}

/** 9: an update or pipeline that cannot be read. */
export function failedToParse(message: string): StoreError {
  return new StoreError(9, message);
}

/** 14: a value of the wrong BSON type. */
export function typeMismatch(message: string): StoreError {
  return new StoreError(14, message);
}
