import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  compareStrings,
  compareValues,
  equalValues,
} from '../../../server/platform/embedded-store/values/compare.ts';
import { strings, values } from './bson-values.ts';
import { codeOf } from './stored-documents.ts';

/** Every value is smaller than those after it. */
const IN_ORDER: unknown[] = [
  new MinKey(),
  undefined,
  null,
  new Double(NaN),
  new Double(-Infinity),
  Long.MIN_VALUE,
  new Int32(-1),
  new Double(-0.5),
  0,
  new Double(Number.MIN_VALUE),
  1,
  new Double(1.5),
  Long.fromNumber(2),
  new Double(2 ** 53),
  Long.fromString('9007199254740993'),
  new Double(2 ** 53 + 4),
  Long.MAX_VALUE,
  new Double(2 ** 63),
  new Double(Infinity),
  '',
  'a',
  'a\0',
  'aa',
  'b',
  'é',
  '\ue000',
  '\u{10000}',
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { b: 1 },
  { a: 'x' },
  [],
  [1],
  [1, 2],
  [2],
  ['x'],
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 1])),
  new Binary(Buffer.from([1, 2])),
  new Binary(Buffer.from([0, 0]), 5),
  new ObjectId('00000000000000000000000a'),
  new ObjectId('0000000000000000000000ff'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Date(1),
  new Timestamp({ t: 1, i: 1 }),
  new Timestamp({ t: 1, i: 2 }),
  new Timestamp({ t: 4294967295, i: 0 }),
  new BSONRegExp('a', ''),
  new BSONRegExp('a', 'i'),
  new BSONRegExp('b', ''),
  new Code('a'),
  new MaxKey(),
];

describe('the BSON order', () => {
  it('orders types and values as the manual says', () => {
    for (const [i, a] of IN_ORDER.entries()) {
      for (const [j, b] of IN_ORDER.entries()) {
        expect(Math.sign(compareValues(a, b)), `${i} and ${j}`).to.equal(Math.sign(i - j));
      }
    }
  });

  it('has one numeric order for all number types', () => {
    const ones = [1, 1n, new Int32(1), new Double(1), Long.ONE];
    for (const a of ones) for (const b of ones) expect(equalValues(a, b)).to.equal(true);
    expect(equalValues(new Double(-0), new Int32(0))).to.equal(true);
    expect(equalValues(new Double(NaN), NaN)).to.equal(true);
    expect(equalValues(Long.fromString('9007199254740993'), new Double(2 ** 53))).to.equal(false);
  });

  it('counts the order of fields in embedded documents', () => {
    expect(equalValues({ a: 1, b: 2 }, { a: 1, b: 2 })).to.equal(true);
    expect(equalValues({ a: 1, b: 2 }, { b: 2, a: 1 })).to.equal(false);
    expect(equalValues({ a: { x: 1 } }, { a: { x: new Double(1) } })).to.equal(true);
  });

  it('compares binaries and UUIDs by their bytes, whatever room their buffers have', () => {
    const roomy = new Binary();
    roomy.put(7);
    expect(equalValues(roomy, Buffer.from([7]))).to.equal(true);
    const uuid = new UUID();
    expect(equalValues(uuid, new Binary(uuid.buffer, 4))).to.equal(true);
    expect(equalValues(uuid, new Binary(uuid.buffer, 0))).to.equal(false);
  });

  it('refuses to compare Decimal128', () => {
    expect(codeOf(() => compareValues(Decimal128.fromString('1'), 1))).to.equal(238);
  });

  it('compares strings like their UTF-8 bytes', () => {
    fc.assert(
      fc.property(strings, strings, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareStrings(a, b))).to.equal(expected);
      }),
    );
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        expect(compareValues(a, a)).to.equal(0);
        expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).to.equal(0);
        const [x, y, z] = [a, b, c].sort(compareValues);
        expect(compareValues(x, y)).to.be.at.most(0);
        expect(compareValues(y, z)).to.be.at.most(0);
        expect(compareValues(x, z)).to.be.at.most(0);
      }),
      { numRuns: 500 },
    );
  });
});
