import { badValue, StoreError } from '../errors.ts';
import { limits, maxWireVersion } from '../limits.ts';
import { readSession } from '../transactions/sessions.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { bytesOf } from '../values/compare.ts';
import type { Binary } from 'bson';
import type { Call, ServerCommand } from './command.ts';

const version = [7, 0, 0, 0];

/** What drivers ask first. Without `logicalSessionTimeoutMinutes` and `setName` they would not open transactions. */
function describeServer(call: Call): Doc {
  const { address } = call.engine;
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    setName: 'embedded',
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    maxBsonObjectSize: limits.documentBytes,
    maxMessageSizeBytes: limits.messageBytes,
    maxWriteBatchSize: limits.batchStatements,
    localTime: call.now,
    logicalSessionTimeoutMinutes: limits.sessionIdleMs / 60_000,
    connectionId: call.connection.id,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  };
}

const helloFields =
  'helloOk client compression topologyVersion maxAwaitTimeMS saslSupportedMechs speculativeAuthenticate loadBalanced backpressure';

function server(fields: string, run: (call: Call) => Doc): ServerCommand {
  return { kind: 'server', fields, inTransaction: false, run };
}

export const hello = server(`hello ${helloFields}`, describeServer);
export const isMaster = server(`isMaster ${helloFields}`, describeServer);
export const ismaster = server(`ismaster ${helloFields}`, describeServer);
export const ping = server('ping', () => ({}));
export const buildInfo = server('buildInfo', () => ({
  version: version.slice(0, 3).join('.'),
  versionArray: version,
  maxBsonObjectSize: limits.documentBytes,
  storageEngines: ['embedded'],
}));
export const connectionStatus = server('connectionStatus showPrivileges', () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
}));

export const endSessions = server('endSessions', (call) => {
  const ids = call.body.endSessions;
  if (!Array.isArray(ids)) throw badValue('endSessions must be an array');
  for (const id of ids as unknown[])
    if (isDocument(id)) call.engine.sessions.end(Buffer.from(bytesOf(id.id as Binary)));
  return {};
});

export const commitTransaction = server('commitTransaction recoveryToken', (call) => {
  const { session, txnNumber } = ownTransaction(call);
  call.engine.sessions.commit(session, txnNumber);
  return {};
});

export const abortTransaction = server('abortTransaction recoveryToken', (call) => {
  const { session, txnNumber } = ownTransaction(call);
  call.engine.sessions.get(session, txnNumber).abortOnRequest();
  return {};
});

function ownTransaction({ body }: Call): { session: Buffer; txnNumber: bigint } {
  const owner = readSession(body);
  if (!owner || body.autocommit !== false) throw new StoreError(72, 'This command needs a transaction');
  return owner;
}
