import { Binary, BSONRegExp, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';

/** Numbers near each other across BSON's types, where a comparison through doubles would go wrong. */
export const numbers: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer().map((n) => new Int32(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Int32(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Double(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => Long.fromNumber(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map((n) => Long.fromBigInt(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Double(2 ** 53 + n * 2)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Double(-(2 ** 63) + n * 2048)),
  fc.constantFrom(
    new Double(NaN),
    new Double(Infinity),
    new Double(-Infinity),
    new Double(-0),
    Long.MAX_VALUE,
    Long.MIN_VALUE,
  ),
);

/** Strings with zero bytes and characters beyond the first plane, where UTF-8 and UTF-16 order differ. */
export const strings = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\u{1f600}', '\ufffd', 'é', '\ue000'), maxLength: 4 }),
);

export const scalars: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: numbers, weight: 5 },
  { arbitrary: strings, weight: 3 },
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -5, max: 5 }).map((n) => new Date(n)),
  fc.date({ noInvalidDate: true }),
  fc
    .uint8Array({ maxLength: 4 })
    .chain((bytes) => fc.constantFrom(0, 4, 5).map((subtype) => new Binary(bytes, subtype))),
  fc.constantFrom(new ObjectId('000000000000000000000001'), new ObjectId('ffffffffffffffffffffffff')),
  fc.constantFrom(new MinKey(), new MaxKey()),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => new Timestamp(n)),
  fc.constantFrom(new BSONRegExp('a', 'i'), new BSONRegExp('a', ''), new BSONRegExp('b', '')),
);

/** Any value, documents and arrays a few levels deep. */
export const values: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: scalars, weight: 4 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }), weight: 1 },
    {
      arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'ab', ''), tie('value'), { maxKeys: 3 }),
      weight: 1,
    },
  ),
})).value;
