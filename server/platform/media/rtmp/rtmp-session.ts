import type { FlvTag } from '../flv/flv-tag.ts';
import { PublishFault } from '../flv/publish-fault.ts';
import { readAmf0, writeAmf0, type AmfValue } from './amf0.ts';
import { openHandshake } from './handshake.ts';
import { readChunks } from './read-chunks.ts';
import { controlEvents, messageTypes, type RtmpMessage } from './rtmp-message.ts';
import { writeChunks } from './write-chunks.ts';

/** A publisher who is not known yet sends commands only. */
const maxCommandBytes = 256 * 1024;
const ourChunkSize = 4_096;
const ourWindow = 2_500_000;
/** The only message stream of a connection: one picture is published on each. */
const streamNumber = 1;

export interface RtmpSessionOptions {
  send(bytes: Buffer): void;
  onHandshake(): void;
  /** Somebody wants to publish; `key` is a secret. Answer by `accept` or `refuse`. */
  onPublish(key: string): void;
  /** Sound and pictures as they come. */
  onTag(tag: FlvTag): void;
  /** The encoder said goodbye. */
  onUnpublish(): void;
  readonly maxMessageBytes: number;
}

export type RefusalCode =
  | 'NetStream.Publish.BadName'
  | 'NetStream.Publish.Denied'
  | 'NetStream.Publish.Rejected'
  | 'NetStream.Play.Failed'
  | 'NetConnection.Connect.Rejected';

export interface RtmpSession {
  /** Pieces of any size. Throws a PublishFault; nothing may be pushed afterwards. */
  push(piece: Buffer): void;
  accept(): void;
  /** Tells the encoder why it may not go on. Closing the connection is the caller's. */
  refuse(code: RefusalCode, sentence: string): void;
}

/** RTMP as one encoder speaks it, without the socket (Adobe RTMP 1.0). */
export function openRtmpSession(options: RtmpSessionOptions): RtmpSession {
  const handshake = openHandshake((bytes) => options.send(bytes));
  const chunks = readChunks(maxCommandBytes, (message) => take(message));
  let stage: 'handshake' | 'new' | 'connected' | 'asking' | 'publishing' = 'handshake';
  /** What came before the answer to "may I publish?"; the caller reads no further meanwhile. */
  let early: FlvTag[] = [];
  let received = 0;
  let acknowledged = 0;
  let window = ourWindow;

  const send = (type: number, body: Buffer, { on = 2, streamId = 0 } = {}) =>
    options.send(writeChunks({ type, timestamp: 0, streamId, body }, on, isChunked ? ourChunkSize : 128));
  let isChunked = false;
  const sendCommand = (values: Parameters<typeof writeAmf0>[0], streamId = 0) =>
    send(messageTypes.amf0Command, writeAmf0(values), { on: 3, streamId });
  const sendStatus = (level: 'status' | 'error', code: string, description: string) =>
    sendCommand(['onStatus', 0, null, { level, code, description }], streamNumber);

  const connect = (transaction: number, about: AmfValue) => {
    const app = about instanceof Map ? (about as ReadonlyMap<string, AmfValue>).get('app') : null;
    if (typeof app !== 'string' || app.length > 500) throw new PublishFault('The address is not whole.');
    stage = 'connected';
    send(messageTypes.windowSize, number32(ourWindow));
    send(messageTypes.peerBandwidth, Buffer.concat([number32(ourWindow), Buffer.of(2)]));
    send(messageTypes.setChunkSize, number32(ourChunkSize));
    isChunked = true;
    sendCommand([
      '_result',
      transaction,
      { fmsVer: 'FMS/3,0,1,123', capabilities: 31 },
      {
        level: 'status',
        code: 'NetConnection.Connect.Success',
        description: 'Connected.',
        objectEncoding: 0,
      },
    ]);
  };

  const publish = (name: AmfValue | undefined) => {
    if (stage !== 'connected') throw new PublishFault('Publishing was asked for at the wrong moment.');
    // What follows a question mark is for servers that take settings there.
    const key = typeof name === 'string' ? (name.split('?')[0] ?? '').trim() : '';
    if (!key) throw new PublishFault('The stream key is missing.');
    stage = 'asking';
    options.onPublish(key);
  };

  const unpublish = () => {
    if (stage !== 'publishing') return;
    stage = 'connected';
    chunks.allow(maxCommandBytes);
    options.onUnpublish();
  };

  const command = (body: Buffer) => {
    const [name, transaction, about, ...rest] = readAmf0(body);
    if (typeof name !== 'string') throw new PublishFault('A command has no name.');
    const number = typeof transaction === 'number' ? transaction : 0;
    switch (name) {
      case 'connect':
        if (stage !== 'new') throw new PublishFault('Connected twice.');
        return connect(number, about ?? null);
      case 'createStream':
        return sendCommand(['_result', number, null, streamNumber]);
      case 'releaseStream':
      case 'FCPublish':
        return sendCommand(['_result', number, null, null]);
      case 'publish':
        return publish(rest[0]);
      case 'deleteStream':
      case 'closeStream':
      case 'FCUnpublish':
        return unpublish();
      case 'play':
      case 'play2':
        sendStatus('error', 'NetStream.Play.Failed', 'Nothing can be watched at this address.');
        throw new PublishFault('Somebody wanted to watch.');
      default:
        return;
    }
  };

  const control = (body: Buffer) => {
    if (body.length < 6 || body.readUInt16BE(0) !== controlEvents.ping) return;
    send(messageTypes.userControl, Buffer.concat([Buffer.of(0, controlEvents.pong), body.subarray(2, 6)]));
  };

  const take = ({ type, timestamp, body }: RtmpMessage) => {
    switch (type) {
      case messageTypes.audio:
      case messageTypes.video:
        if (stage === 'publishing') options.onTag({ type, timestamp, body });
        else if (stage === 'asking') early.push({ type, timestamp, body });
        return;
      case messageTypes.amf0Command:
        return command(body);
      case messageTypes.amf3Command:
        return command(body.subarray(1));
      case messageTypes.userControl:
        return control(body);
      case messageTypes.windowSize:
        // A window of a few bytes would make us answer each one.
        window = Math.max(body.length >= 4 ? body.readUInt32BE(0) : 0, 64 * 1024);
        return;
      default:
        // Metadata among them: the pictures tell their size themselves, and they do not lie.
        return;
    }
  };

  return {
    push(piece) {
      received += piece.length;
      let rest: Buffer | null = piece;
      if (stage === 'handshake') {
        rest = handshake.push(piece);
        if (!rest) return;
        stage = 'new';
        options.onHandshake();
      }
      chunks.push(rest);
      if (received - acknowledged < window) return;
      acknowledged = received;
      send(messageTypes.acknowledgement, number32(received % 2 ** 32));
    },
    accept() {
      if (stage !== 'asking') return;
      stage = 'publishing';
      chunks.allow(options.maxMessageBytes);
      send(messageTypes.userControl, Buffer.concat([Buffer.of(0, controlEvents.streamBegin), number32(1)]));
      sendStatus('status', 'NetStream.Publish.Start', 'Publishing.');
      const waited = early;
      early = [];
      for (const tag of waited) options.onTag(tag);
    },
    refuse(code, description) {
      if (stage !== 'handshake') sendStatus('error', code, description);
    },
  };
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
