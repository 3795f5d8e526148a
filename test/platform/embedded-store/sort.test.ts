import { expect } from 'chai';
import {
  compileSort,
  compileSortOrder,
  sortDocuments,
} from '../../../server/platform/embedded-store/query/sort.ts';
import type { Doc } from '../../../server/platform/embedded-store/values/bson-types.ts';
import { codeOf, stored } from './stored-documents.ts';

/** The numbers of the documents in the order of a sort. */
function order(sort: object, docs: object[]): number[] {
  const numbered = docs.map((doc, i) => ({ ...stored(doc), _n: i }));
  return sortDocuments(numbered, compileSortOrder(stored(sort))).map((doc: Doc) => doc._n as number);
}

describe('a sort', () => {
  it('goes by one field up or down', () => {
    expect(order({ a: 1 }, [{ a: 3 }, { a: 1 }, { a: 2 }])).to.deep.equal([1, 2, 0]);
    expect(order({ a: -1 }, [{ a: 3 }, { a: 1 }, { a: 2 }])).to.deep.equal([0, 2, 1]);
  });

  it('goes by the second field where the first is equal, and keeps the order otherwise', () => {
    expect(
      order({ a: 1, b: -1 }, [
        { a: 1, b: 1 },
        { a: 0, b: 5 },
        { a: 1, b: 2 },
      ]),
    ).to.deep.equal([1, 2, 0]);
    expect(order({ a: 1 }, [{ a: 1 }, { a: 1 }, { a: 0 }])).to.deep.equal([2, 0, 1]);
  });

  it('takes the smallest element of an array going up, the largest going down', () => {
    const docs = [{ a: [5, 9] }, { a: 6 }, { a: [1, 7] }];
    expect(order({ a: 1 }, docs)).to.deep.equal([2, 0, 1]);
    expect(order({ a: -1 }, docs)).to.deep.equal([0, 2, 1]);
  });

  it('puts an empty array before null, and missing with null', () => {
    expect(order({ a: 1 }, [{ a: 1 }, { a: null }, {}, { a: [] }, { a: [null] }])).to.deep.equal([
      3, 1, 2, 4, 0,
    ]);
    expect(order({ a: -1 }, [{ a: [] }, {}, { a: 1 }])).to.deep.equal([2, 1, 0]);
  });

  it('takes the fields of one array element together', () => {
    const docs = [
      {
        l: [
          { x: 1, y: 9 },
          { x: 2, y: 1 },
        ],
      },
      { l: [{ x: 1, y: 5 }] },
    ];
    expect(order({ 'l.x': 1, 'l.y': 1 }, docs)).to.deep.equal([1, 0]);
  });

  it('orders types as BSON does', () => {
    expect(order({ a: 1 }, [{ a: 'x' }, { a: true }, { a: 1 }, { a: {} }, { a: new Date() }])).to.deep.equal([
      2, 0, 3, 1, 4,
    ]);
  });

  it('compares two documents at a time with the same result', () => {
    const compare = compileSort({ a: -1 });
    expect(compare({ a: [1, 8] }, { a: 5 })).to.be.below(0);
  });

  it('refuses directions other than 1 and -1, bad paths and parallel arrays', () => {
    for (const sort of [{ a: 2 }, { a: 'up' }, { a: { $meta: 'textScore' } }, { '': 1 }, { $a: 1 }]) {
      expect(
        codeOf(() => compileSortOrder(stored(sort))),
        JSON.stringify(sort),
      ).to.equal(2);
    }
    expect(codeOf(() => order({ a: 1, b: 1 }, [{ a: [1, 2], b: [1, 2] }, {}]))).to.equal(2);
  });
});
