import { Double, Int32, Long } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { compareValues } from '../../../server/platform/embedded-store/values/compare.ts';
import {
  encodeIndexKey,
  MAX_INDEX_KEY_BYTES,
} from '../../../server/platform/embedded-store/values/index-key.ts';
import { numbers, values } from './bson-values.ts';

function orderOfKeys(a: readonly unknown[], b: readonly unknown[]): number {
  return Buffer.compare(encodeIndexKey(a).key, encodeIndexKey(b).key);
}

function orderOfValues(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, value] of a.entries()) {
    const order = Math.sign(compareValues(value, b[i]));
    if (order !== 0) return order;
  }
  return 0;
}

describe('index keys', () => {
  it('sort as the values do', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(orderOfKeys([a], [b])).to.equal(orderOfValues([a], [b]));
      }),
      { numRuns: 3000 },
    );
  });

  it('sort numbers of every type in one exact order', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(orderOfKeys([a], [b])).to.equal(orderOfValues([a], [b]));
      }),
      { numRuns: 3000 },
    );
  });

  it('sort lists of values by the first that differs', () => {
    fc.assert(
      fc.property(values, values, values, values, (a, b, c, d) => {
        expect(orderOfKeys([a, b], [c, d])).to.equal(orderOfValues([a, b], [c, d]));
      }),
      { numRuns: 2000 },
    );
  });

  it('begin with the key of the first values', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const { key } = encodeIndexKey([a, b]);
        const prefix = encodeIndexKey([a]).key;
        expect(key.subarray(0, prefix.length).equals(prefix)).to.equal(true);
      }),
    );
  });

  it('are the same for equal numbers of different types, and for null', () => {
    const { key } = encodeIndexKey([new Int32(7)]);
    for (const same of [7, 7n, new Double(7), Long.fromNumber(7)]) {
      expect(encodeIndexKey([same]).key.equals(key)).to.equal(true);
    }
  });

  it('are cut at the cap, say so, and never turn the order round', () => {
    const base = 'x'.repeat(MAX_INDEX_KEY_BYTES);
    const [a, b] = [encodeIndexKey([`${base}a`]), encodeIndexKey([`${base}b`])];
    expect([a.exact, b.exact]).to.deep.equal([false, false]);
    expect(a.key.length).to.equal(MAX_INDEX_KEY_BYTES);
    expect(Buffer.compare(a.key, b.key)).to.equal(0);
    expect(encodeIndexKey(['x'.repeat(1400)]).exact).to.equal(true);
    for (const large of [
      Buffer.alloc(5000),
      Array(2000).fill(1),
      { a: base, b: 1 },
      `${base}\0`,
      'é'.repeat(2000),
    ]) {
      const { key, exact } = encodeIndexKey([large, 1]);
      expect(exact).to.equal(false);
      expect(key.length).to.equal(MAX_INDEX_KEY_BYTES);
    }
  });

  it('keep the order of long values up to the cap', () => {
    const long = fc.string({ minLength: 480, maxLength: 520, unit: fc.constantFrom('a', 'é', '😀') });
    fc.assert(
      fc.property(long, long, (a, b) => {
        const [x, y] = [encodeIndexKey([a]), encodeIndexKey([b])];
        const order = Buffer.compare(x.key, y.key);
        if (order !== 0) expect(order).to.equal(Math.sign(compareValues(a, b)));
        else if (x.exact && y.exact) expect(a).to.equal(b);
      }),
    );
  });
});
