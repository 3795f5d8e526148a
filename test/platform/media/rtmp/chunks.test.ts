import { expect } from 'chai';
import fc from 'fast-check';
import { PublishFault } from '../../../../server/platform/media/flv/publish-fault.ts';
import { readAmf0, writeAmf0 } from '../../../../server/platform/media/rtmp/amf0.ts';
import { openHandshake } from '../../../../server/platform/media/rtmp/handshake.ts';
import { readChunks } from '../../../../server/platform/media/rtmp/read-chunks.ts';
import type { RtmpMessage } from '../../../../server/platform/media/rtmp/rtmp-message.ts';
import { writeChunks } from '../../../../server/platform/media/rtmp/write-chunks.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const seeded = { seed: 1_935 };

function readAll(bytes: Buffer, cuts: readonly number[] = [], maxBytes = 100_000): RtmpMessage[] {
  const messages: RtmpMessage[] = [];
  const reader = readChunks(maxBytes, (message) => messages.push(message));
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    reader.push(bytes.subarray(from, cut));
    from = cut;
  }
  return messages;
}
const everyByte = (bytes: Buffer) => Array.from({ length: bytes.length }, (_, at) => at);
const timesOf = (messages: readonly RtmpMessage[]) => messages.map(({ timestamp }) => timestamp);
/** What the reader makes of it, or the fault; anything else thrown is a failure of the test. */
function orFault<T>(act: () => T): T | PublishFault {
  try {
    return act();
  } catch (error) {
    if (error instanceof PublishFault) return error;
    throw error;
  }
}

describe('Chunks of RTMP', () => {
  const message = fc.record({
    type: fc.constantFrom(8, 9, 18, 20),
    timestamp: fc.nat({ max: 0xffffffff }),
    streamId: fc.nat({ max: 9 }),
    body: fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  });

  it('give back what was written, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.nat({ max: 3_000 }), { maxLength: 8 }),
        (messages, chunkSize, cuts) => {
          const size = Buffer.alloc(4);
          size.writeUInt32BE(chunkSize);
          const bytes = Buffer.concat([
            writeChunks({ type: 1, timestamp: 0, streamId: 0, body: size }, 2, 128),
            ...messages.map((one, at) => writeChunks(one, 3 + at, chunkSize)),
          ]);
          const sorted = cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b);
          expect(readAll(bytes, sorted)).to.deep.equal(messages);
        },
      ),
      { ...seeded, numRuns: 400 },
    );
  });

  it('may come byte by byte', () => {
    const one = { type: 9, timestamp: 0x1000000, streamId: 1, body: Buffer.alloc(300, 5) };
    const bytes = Buffer.concat([
      writeChunks(one, 6, 128),
      writeChunks({ ...one, body: Buffer.alloc(0) }, 6, 128),
    ]);
    expect(readAll(bytes, everyByte(bytes))).to.deep.equal([one, { ...one, body: Buffer.alloc(0) }]);
  });

  it('carry times as absolute, as a step, and as the step before', () => {
    const first = '04 000064 000001 09 01000000 aa';
    expect(timesOf(readAll(hex(`${first} 44 000028 000001 08 bb 84 00000a cc c4 dd c4 ee`)))).to.deep.equal([
      100, 140, 150, 160, 170,
    ]);
    // The same step as the absolute time at the start, and no step when that would be an hour.
    expect(timesOf(readAll(hex('04 000017 000001 08 01000000 aa c4 bb')))).to.deep.equal([23, 46]);
    expect(timesOf(readAll(hex('04 36ee80 000001 08 01000000 aa c4 bb')))).to.deep.equal([
      3_600_000, 3_600_000,
    ]);
  });

  it('carry times beyond 4.6 hours, with and without the repetition in each chunk', () => {
    const begin = `04 ffffff 000082 09 01000000 02000000 ${'aa'.repeat(128)}`;
    for (const rest of ['c4 02000000 bbcc', 'c4 bbcc 05 000000 000004 08 01000000 01020304'])
      for (const cuts of [[], everyByte(hex(begin + rest))]) {
        const [first] = readAll(hex(begin + rest), cuts);
        expect(first?.timestamp).to.equal(0x2000000);
        expect(first?.body.subarray(-2)).to.deep.equal(hex('bbcc'));
      }
  });

  it('of two messages may take turns, and one of them may be given up', () => {
    const part = 'aa'.repeat(128);
    const two = `04 000000 000082 09 01000000 ${part} 06 000000 000001 08 01000000 07 c4 bbbb`;
    expect(readAll(hex(two)).map(({ type, body }) => [type, body.length])).to.deep.equal([
      [8, 1],
      [9, 130],
    ]);
    const abort = `04 000000 000082 09 01000000 ${part} 02 000000 000004 02 00000000 00000004 04 000000 000001 08 01000000 07`;
    expect(readAll(hex(abort)).map(({ type }) => type)).to.deep.equal([8]);
  });

  it('know chunk streams by numbers of one, two and three bytes', () => {
    const bytes = hex('00 10 000000 000001 08 01000000 aa 01 1010 000000 000001 09 01000000 bb c0 10 cc');
    expect(readAll(bytes, everyByte(bytes)).map(({ type }) => type)).to.deep.equal([8, 9, 8]);
  });

  for (const [what, bytes, words] of [
    ['that begin in the middle', 'c4 aa', 'broken'],
    ['of a message too large', '04 000000 ffffff 09 01000000', 'too large'],
    ['of no size', '02 000000 000004 01 00000000 00000000', 'makes no sense'],
    ['of a size below zero', '02 000000 000004 01 00000000 80000000', 'makes no sense'],
    [
      'of more streams than any encoder has',
      Array.from(
        { length: 65 },
        (_, at) => `00 ${at.toString(16).padStart(2, '0')} 000000 000000 08 01000000`,
      ).join(''),
      'Too many chunk streams',
    ],
    [
      'of many large messages at once',
      ['04', '05', '06', '07'].map((id) => `${id} 000000 010000 09 01000000 ${'aa'.repeat(128)}`).join(''),
      'Too many messages at once',
    ],
  ] as const)
    it(`are refused ${what}`, () => {
      expect(() => readAll(hex(bytes))).to.throw(PublishFault, words);
    });

  it('of random bytes end in a fault or in messages, never otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 200 }), (random, cut) => {
        const bytes = Buffer.from(random);
        orFault(() => readAll(bytes, [Math.min(cut, bytes.length)], 5_000));
      }),
      { ...seeded, numRuns: 4_000 },
    );
  });
});

describe('AMF0', () => {
  it('gives back what was written', () => {
    const values = ['publish', 5, null, true, { app: 'live', deep: 'ä'.repeat(40) }] as const;
    expect(readAmf0(writeAmf0(values))).to.deep.equal([
      ...values.slice(0, 4),
      new Map([
        ['app', 'live'],
        ['deep', 'ä'.repeat(40)],
      ]),
    ]);
  });

  it('reads lists, arrays, dates, long text and objects with a class', () => {
    const read = readAmf0(
      hex(
        '08 00000000 0001 61 05 0000 09  0a 00000002 0101 06  0b 4000000000000000 0000  0c 00000001 62  10 0001 63 0000 09',
      ),
    );
    expect(read).to.deep.equal([new Map([['a', null]]), [true, null], 2, 'b', new Map()]);
  });

  it('keeps a name that means something to objects as a name', () => {
    const [object] = readAmf0(writeAmf0([JSON.parse('{"__proto__":"x"}') as Record<string, string>]));
    expect(object).to.deep.equal(new Map([['__proto__', 'x']]));
  });

  it('refuses what is too deep, too long, cut short or unknown', () => {
    const whole = writeAmf0(['connect', 1, { app: 'live' }]);
    const isCut = (length: number) =>
      orFault(() => readAmf0(whole.subarray(0, length))) instanceof PublishFault;
    expect(everyByte(whole).filter((length) => !isCut(length))).to.deep.equal([0, 10, 19]);
    expect(() => readAmf0(hex('03 0001 61'.repeat(20)))).to.throw(PublishFault, 'too deep');
    expect(() => readAmf0(Buffer.alloc(3_000, 5))).to.throw(PublishFault, 'too deep');
    expect(() => readAmf0(hex('0a ffffffff 05'))).to.throw(PublishFault, 'ends too soon');
    expect(() => readAmf0(hex('07 0000'))).to.throw(PublishFault, 'unknown kind');
  });

  it('of random bytes ends in a fault or in values, never otherwise', () => {
    const marker = fc.constantFrom(0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 16);
    const likely = fc.array(fc.oneof(marker, fc.constant(0), fc.nat({ max: 255 })), { maxLength: 80 });
    fc.assert(
      fc.property(likely, (bytes) => void orFault(() => readAmf0(Buffer.from(bytes)))),
      { ...seeded, numRuns: 4_000 },
    );
  });
});

describe('The handshake of RTMP', () => {
  const hello = Buffer.concat([Buffer.of(3), Buffer.alloc(1_536, 1), Buffer.alloc(1_536, 2)]);

  it('is answered once, echoes, and hands over what follows, wherever it is cut', () => {
    for (const cut of [1, 2, 700, 1_536, 1_537, 1_538, 3_072, 3_073]) {
      const sent: Buffer[] = [];
      const handshake = openHandshake((bytes) => sent.push(bytes));
      const bytes = Buffer.concat([hello, Buffer.from('rest')]);
      const early = handshake.push(bytes.subarray(0, cut));
      const rest = Buffer.concat([
        early ?? Buffer.alloc(0),
        handshake.push(bytes.subarray(cut)) ?? Buffer.alloc(0),
      ]);
      expect(rest.toString()).to.equal('rest');
      expect(Buffer.concat(sent)).to.have.length(3_073);
      expect(Buffer.concat(sent).subarray(1_537)).to.deep.equal(hello.subarray(1, 1_537));
    }
  });

  it('refuses whoever speaks something else', () => {
    for (const first of ['GET / HTTP/1.1', '\x16\x03\x01', '\x06'])
      expect(() => openHandshake(() => undefined).push(Buffer.from(first))).to.throw(
        PublishFault,
        'not RTMP',
      );
  });
});
