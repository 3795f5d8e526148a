// A viewer as cheap as one can be: a bare TCP connection that speaks just enough WebSocket and Socket.IO.
import { connect, type Socket } from 'node:net';

export type Kind = 'socket.io' | 'ws';
export interface SentFact {
  readonly seq: number;
  readonly at: number;
}
export interface ClientOptions {
  readonly kind: Kind;
  readonly port: number;
  readonly host: string;
  readonly eventId: string;
  readonly audience?: 'viewers' | 'moderators';
  readonly ticket?: string | undefined;
  readonly cookie?: string | undefined;
  /** Joins of its own accord once it is connected. */
  readonly joins: boolean;
}
export interface ClientEvents {
  joined(client: LiveClient): void;
  facts(client: LiveClient, facts: readonly SentFact[]): void;
  /** The server said when to come back. */
  drained?(client: LiveClient, retryAfterMs: number): void;
  pushed?(client: LiveClient): void;
  closed(client: LiveClient): void;
}
type Answer = Record<string, unknown> & { readonly ok: boolean };

export class LiveClient {
  /** The last number it has, kept over connections. */
  lastSeq: number | null = null;
  joinedSeq = 0;
  isJoined = false;
  retryAfterMs: number | null = null;
  #tcp: Socket | null = null;
  #rest: Buffer | null = null;
  #isOpen = false;
  #nextAck = 1;
  #early: readonly SentFact[] = [];
  readonly #acks = new Map<number, (answer: Answer) => void>();

  constructor(
    readonly options: ClientOptions,
    readonly events: ClientEvents,
  ) {}

  open(): void {
    const { port, host, kind, cookie } = this.options;
    this.#isOpen = false;
    this.#rest = null;
    this.isJoined = false;
    this.#early = [];
    this.retryAfterMs = null;
    const tcp = connect({ port, host });
    this.#tcp = tcp;
    tcp.setNoDelay(true);
    const path = kind === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket';
    tcp.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://localhost:${port}\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`,
    );
    tcp.on('data', (chunk: Buffer) => this.#read(chunk));
    tcp.on('error', () => undefined);
    tcp.on('close', () => {
      if (this.#tcp !== tcp) return;
      this.#tcp = null;
      this.isJoined = false;
      this.events.closed(this);
    });
  }

  /** Without a word, as a train into a tunnel. */
  drop(): void {
    const tcp = this.#tcp;
    this.#tcp = null;
    this.isJoined = false;
    tcp?.destroy();
  }

  ask(name: string, payload: object): Promise<Answer> {
    const id = this.#nextAck;
    this.#nextAck += 1;
    return new Promise((resolve) => {
      this.#acks.set(id, resolve);
      this.#write(`42${id}${JSON.stringify([name, payload])}`);
    });
  }

  #join(): void {
    const { eventId, audience = 'viewers' } = this.options;
    this.#write(`420${JSON.stringify(['live:join', { eventId, audience, lastSeq: this.lastSeq }])}`);
  }

  #write(text: string): void {
    const body = Buffer.from(text);
    const head =
      body.length < 126
        ? Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0])
        : Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 0xff, 0, 0, 0, 0]);
    this.#tcp?.write(Buffer.concat([head, body]));
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    if (!this.#isOpen) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#rest = bytes);
      if (!bytes.subarray(0, 12).equals(switching)) return void this.#tcp?.destroy();
      this.#isOpen = true;
      bytes = bytes.subarray(end + 4);
      if (this.options.kind === 'ws') this.#join();
    }
    for (;;) {
      const frame = nextFrame(bytes);
      if (!frame) break;
      bytes = bytes.subarray(frame.size);
      this.#take(frame.body, frame.opcode);
    }
    if (bytes.length > 0) this.#rest = Buffer.from(bytes);
  }

  #take(body: Buffer, opcode: number): void {
    if (opcode === 8) return void this.#tcp?.end();
    const first = body[0];
    if (this.options.kind === 'socket.io' && first === 0x32) return this.#write('3');
    if (this.options.kind === 'socket.io' && first === 0x30)
      return this.#write(this.options.ticket ? `40${JSON.stringify({ ticket: this.options.ticket })}` : '40');
    const start = body.toString('latin1', 0, 24);
    if (start.startsWith('40')) {
      if (this.options.joins) this.#join();
      else this.events.joined(this);
    } else if (start.startsWith('430[') || start.startsWith('J')) this.#takeJoin(body);
    else if (start.includes('["live:facts"')) {
      this.receive(factsIn(body));
      this.events.pushed?.(this);
    } else if (start.includes('["live:drained"')) {
      const ms = Number(/"retryAfterMs":(\d+)/.exec(body.toString())?.[1] ?? 0);
      this.retryAfterMs = ms;
      this.events.drained?.(this, ms);
    } else if (start.startsWith('43')) {
      const id = parseInt(start.slice(2), 10);
      const answer = (JSON.parse(body.toString().slice(2 + String(id).length)) as [Answer])[0];
      this.#acks.get(id)?.(answer);
      this.#acks.delete(id);
    } else if (start.startsWith('44')) this.#tcp?.destroy();
  }

  #takeJoin(body: Buffer): void {
    const head = body.toString('latin1', 0, 120);
    if (!head.includes('"ok":true')) return void this.#tcp?.destroy();
    if (head.includes('"kind":"facts"')) {
      const [answer] = JSON.parse(body.toString().slice(3)) as [{ seq: number; facts: StoredFact[] }];
      this.isJoined = true;
      this.joinedSeq = this.lastSeq ?? 0;
      this.receive(answer.facts.map(toSentFact));
      this.joinedSeq = answer.seq;
    } else {
      const seq = Number(/"seq":(\d+)/.exec(head)?.[1] ?? 0);
      this.joinedSeq = seq;
      this.lastSeq = Math.max(seq, this.lastSeq ?? 0);
    }
    this.isJoined = true;
    // What overtook the answer waits for it, as it does in the browser.
    const early = this.#early;
    this.#early = [];
    const known = this.lastSeq ?? 0;
    if (early.length > 0) this.receive(early.filter(({ seq }) => seq > known));
    this.events.joined(this);
  }

  receive(facts: readonly SentFact[]): void {
    if (!this.isJoined) this.#early = this.#early.concat(facts);
    else this.events.facts(this, facts);
  }
}

const switching = Buffer.from('HTTP/1.1 101');

interface StoredFact {
  readonly seq: number;
  readonly at: string;
  readonly fact: object;
}
/** The last fact as it was sent, for yardsticks that send the same. */
export const seen: { fact: object | null } = { fact: null };
const toSentFact = ({ seq, at }: StoredFact): SentFact => ({ seq, at: Date.parse(at) });

/** Everybody is sent the same bytes, so they are parsed once and compared for the others. */
const parsed: { bytes: Buffer; facts: SentFact[] }[] = [];
function factsIn(body: Buffer): SentFact[] {
  const known = parsed.find(({ bytes }) => bytes.equals(body));
  if (known) return known.facts;
  const text = body.toString();
  const [, push] = JSON.parse(text.slice(text.indexOf('['))) as [string, { facts: StoredFact[] }];
  const facts = push.facts.map(toSentFact);
  seen.fact = push.facts[0]?.fact ?? null;
  parsed.unshift({ bytes: Buffer.from(body), facts });
  parsed.length = Math.min(parsed.length, 12);
  return facts;
}

function nextFrame(bytes: Buffer): { body: Buffer; size: number; opcode: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes[1] ?? 0;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < from) return null;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < from + length) return null;
  return { body: bytes.subarray(from, from + length), size: from + length, opcode: (bytes[0] ?? 0) & 0x0f };
}
