import type { Engine } from '../engine.ts';
import { encodeDocument } from '../document-bytes.ts';
import { badValue, notImplemented, StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { ScanBudget } from '../query/scan.ts';
import type { View, WriteView } from '../storage/tables.ts';
import { runOnce } from '../transactions/retry-records.ts';
import { readSession } from '../transactions/sessions.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import type { Connection } from '../wire/connection.ts';
import type { Command } from '../wire/messages.ts';
import { readCount, type CommandSpec, type Reply } from './command.ts';
import { commandTable, commonFields } from './command-table.ts';
import { describeShape } from './describe-shape.ts';

const allowedFields = new Map(
  [...commandTable].map(([name, { fields }]) => [name, new Set([...fields.split(' '), ...commonFields])]),
);

/** Answers one command; never rejects. */
export function runCommand(
  engine: Engine,
  command: Command,
  connection: Connection,
): Uint8Array | Promise<Uint8Array> {
  try {
    const reply = execute(engine, command, connection);
    return reply instanceof Promise
      ? reply.catch((error: unknown) => failure(engine, command, error))
      : reply;
  } catch (error) {
    return failure(engine, command, error);
  }
}

function execute(engine: Engine, command: Command, connection: Connection): Uint8Array | Promise<Uint8Array> {
  const spec = commandTable.get(command.name);
  if (!spec) throw new StoreError(59, `no such command: '${command.name}'; ${notImplemented('it').message}`);
  checkCommand(command, spec);
  const now = new Date();
  const maxTime = readCount(command.body.maxTimeMS, 'maxTimeMS');
  const budget = new ScanBudget(maxTime ? now.getTime() + maxTime : Infinity);
  const { name, body, sequences } = command;
  const call = { engine, name, body, db: body.$db as string, sequences, connection, budget, now };
  let workedMs = 0;
  const perform: Perform = (view) => {
    // Only the work counts as slow: waiting for the lock or the disk says nothing about the command.
    const begun = performance.now();
    // Only write commands write, and those are given a view that can.
    const reply = spec.run({ ...call, view: view as WriteView });
    workedMs += performance.now() - begun;
    return reply;
  };
  const reply = route(engine, command, connection, spec, perform);
  const noteSlow = (bytes: Uint8Array): Uint8Array => {
    logSlow(engine, command, budget.scanned, Math.round(workedMs));
    return bytes;
  };
  return reply instanceof Promise ? reply.then(noteSlow) : noteSlow(reply);
}

type Perform = (view: View) => Reply;

function route(
  engine: Engine,
  { body }: Command,
  connection: Connection,
  spec: CommandSpec,
  perform: Perform,
): Uint8Array | Promise<Uint8Array> {
  if (spec.kind === 'server') return encodeReply(perform(engine.store.view));
  if (body.autocommit === false) return runInTransaction(engine, body, connection, spec, perform);
  if (spec.kind === 'read') return encodeReply(perform(engine.store.view));
  const numbered = readSession(body);
  const run = (view: WriteView): Uint8Array => encodeReply(perform(view));
  return engine.queue.write(
    (view) => (numbered ? runOnce(view, numbered.session, numbered.txnNumber, () => run(view)) : run(view)),
    connection.id,
  );
}

async function runInTransaction(
  engine: Engine,
  body: Doc,
  connection: Connection,
  spec: CommandSpec,
  perform: Perform,
): Promise<Uint8Array> {
  const owner = readSession(body);
  if (!owner) throw new StoreError(72, "'autocommit' needs a txnNumber");
  if (!spec.inTransaction)
    throw new StoreError(263, 'Cannot run this command in a multi-document transaction');
  const { session, txnNumber } = owner;
  const transaction =
    body.startTransaction === true
      ? await engine.sessions.start(session, txnNumber)
      : engine.sessions.get(session, txnNumber);
  const reply = transaction.run(connection, perform);
  if (!(reply instanceof Uint8Array) && 'writeErrors' in reply) transaction.abort();
  return encodeReply(reply);
}

function checkCommand({ name, body, sequences }: Command, spec: CommandSpec): void {
  for (const field of [...Object.keys(body), ...sequences.keys()]) {
    if (!allowedFields.get(name)!.has(field)) throw notImplemented(`The option ${field} of ${name}`);
  }
  if (typeof body.$db !== 'string') throw badValue('$db must be a string');
  if (body.readConcern !== undefined) checkReadConcern(body);
  if (spec.kind !== 'server' && body.autocommit === undefined && body.startTransaction !== undefined) {
    throw new StoreError(72, 'startTransaction needs autocommit: false');
  }
}

/** Every read sees the last commit, which is on disk: local and majority are the same, snapshot is what a transaction is. */
function checkReadConcern({ readConcern, autocommit }: Doc): void {
  const level = isDocument(readConcern) ? readConcern.level : readConcern;
  const known = level === undefined || level === 'local' || level === 'majority';
  if (!known && !(level === 'snapshot' && autocommit === false))
    throw notImplemented(`The read concern ${JSON.stringify(level)}`);
}

function encodeReply(reply: Reply): Uint8Array {
  return reply instanceof Uint8Array ? reply : encodeDocument({ ...reply, ok: 1 });
}

/** In a transaction these mean: start it again from the beginning. */
const transient = new Set([24, 112, 251]);

function failure(engine: Engine, { name, body }: Command, error: unknown): Uint8Array {
  const known = error instanceof StoreError ? error : internalError(engine, name, error);
  const labels = [...(known.labels ?? [])];
  if (body.autocommit === false && transient.has(known.code)) {
    labels.push('TransientTransactionError');
  }
  return encodeDocument({
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...known.details,
    ...(labels.length > 0 && { errorLabels: labels }),
  });
}

function internalError(engine: Engine, name: string, error: unknown): StoreError {
  const details = { command: name, error: error instanceof Error ? error.stack : String(error) };
  engine.log({ level: 'error', message: 'a command of the embedded store failed', details });
  return new StoreError(1, error instanceof Error ? error.message : String(error));
}

function logSlow(engine: Engine, command: Command, scanned: number, ms: number): void {
  if (scanned <= limits.slowScanDocuments && ms <= limits.slowQueryMs) return;
  if (command.name === 'getMore') return;
  engine.log({
    level: 'warn',
    message: scanned > limits.slowScanDocuments ? 'a query scanned many documents' : 'a command was slow',
    details: { shape: describeShape(command.body, command.name), scanned, ms },
  });
}
