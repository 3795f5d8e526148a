import { decodeDocument } from '../document-bytes.ts';
import type { Doc } from '../values/bson-types.ts';
import { MalformedMessage } from './framing.ts';

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const flagChecksumPresent = 1;
const flagMoreToCome = 2;
const requiredFlags = 0xffff;

/** One command as it came: the body, and the raw documents of its sequences by name. */
export interface Command {
  name: string;
  body: Doc;
  /** Undecoded BSON of `documents`, or of any kind 1 section. */
  sequences: Map<string, Buffer[]>;
  requestId: number;
  /** The client does not wait for an answer (w: 0). */
  unanswered: boolean;
  legacy: boolean;
}

let lastRequestId = 0;

export function parseMessage(message: Buffer): Command {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  try {
    if (opCode === opMsg) return parseOpMsg(message, requestId);
    if (opCode === opQuery) return parseOpQuery(message, requestId);
  } catch (error) {
    throw new MalformedMessage(error instanceof Error ? error.message : 'unreadable', { cause: error });
  }
  throw new MalformedMessage(`unsupported opcode ${opCode}`);
}

function parseOpMsg(message: Buffer, requestId: number): Command {
  const flags = message.readUInt32LE(16);
  if ((flags & requiredFlags & ~(flagChecksumPresent | flagMoreToCome)) !== 0)
    throw new MalformedMessage('unknown flag');
  const end = message.length - (flags & flagChecksumPresent ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  let at = 20;
  while (at < end) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    if (size < 5 || at + 1 + size > end) throw new MalformedMessage('section longer than its message');
    if (kind === 0 && !body) body = message.subarray(at + 1, at + 1 + size);
    else if (kind === 1) readSequence(message.subarray(at + 5, at + 1 + size), sequences);
    else throw new MalformedMessage(`unexpected section kind ${kind}`);
    at += 1 + size;
  }
  if (!body) throw new MalformedMessage('no body section');
  return readCommand(body, sequences, requestId, (flags & flagMoreToCome) !== 0, false);
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0);
  const name = section.toString('utf8', 0, nameEnd);
  if (nameEnd < 0 || sequences.has(name)) throw new MalformedMessage('bad document sequence');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length)
      throw new MalformedMessage('document longer than its sequence');
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(name, documents);
}

function readCommand(
  bytes: Buffer,
  sequences: Map<string, Buffer[]>,
  requestId: number,
  unanswered: boolean,
  legacy: boolean,
): Command {
  // Documents to insert stay bytes: decoding them once, where the indexes need it, is a third of the cost.
  const isInsert = bytes.toString('latin1', 5, 12) === 'insert\0';
  const body = decodeDocument(bytes, isInsert ? { documents: true } : undefined);
  const name = Object.keys(body)[0];
  if (name === undefined) throw new MalformedMessage('empty command');
  if (isInsert && Array.isArray(body.documents)) {
    if (!body.documents.every((item) => Buffer.isBuffer(item)))
      throw new MalformedMessage('documents must be objects');
    if (!sequences.has('documents')) sequences.set('documents', body.documents);
    delete body.documents;
  }
  return { name, body, sequences, requestId, unanswered, legacy };
}

/** The legacy form every driver uses once per connection, for its first hello. */
function parseOpQuery(message: Buffer, requestId: number): Command {
  const nameEnd = message.indexOf(0, 20);
  const collection = message.toString('utf8', 20, nameEnd);
  if (!collection.endsWith('.$cmd')) throw new MalformedMessage('only commands are answered');
  const at = nameEnd + 9;
  const bytes = message.subarray(at, at + message.readInt32LE(at));
  const command = readCommand(bytes, new Map(), requestId, false, true);
  command.body.$db ??= collection.slice(0, -5);
  return command;
}

/** Wraps an encoded reply document for the command it answers. */
export function frameReply(command: Pick<Command, 'requestId' | 'legacy'>, reply: Uint8Array): Buffer {
  const start = command.legacy ? 36 : 21;
  const message = Buffer.allocUnsafe(start + reply.length);
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(lastRequestId, 4);
  message.writeInt32LE(command.requestId, 8);
  message.writeInt32LE(command.legacy ? opReply : opMsg, 12);
  message.fill(0, 16, start);
  if (command.legacy) message.writeInt32LE(1, 32);
  message.set(reply, start);
  return message;
}
