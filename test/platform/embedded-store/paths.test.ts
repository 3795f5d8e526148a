import { expect } from 'chai';
import { indexKeyValues, readPath } from '../../../server/platform/embedded-store/values/paths.ts';
import { codeOf } from './stored-documents.ts';

describe('paths', () => {
  it('read fields of embedded documents and elements by their position', () => {
    const doc = { a: { b: [1, { c: 2 }] } };
    expect(readPath(doc, 'a.b.1.c')).to.equal(2);
    expect(readPath(doc, 'a.b.x')).to.equal(undefined);
    expect(readPath(doc, 'a.b.01')).to.equal(undefined);
    expect(readPath(doc, 'constructor')).to.equal(undefined);
    expect(readPath({ a: 'text' }, 'a.length')).to.equal(undefined);
  });

  const KEYS: [doc: object, paths: string[], keys: unknown[][]][] = [
    [{ a: 1, b: 2 }, ['a', 'b'], [[1, 2]]],
    [{ a: 1 }, ['a', 'b'], [[1, null]]],
    [{}, ['a.b'], [[null]]],
    [{ a: 5 }, ['a.b'], [[null]]],
    [
      { a: [1, 2], b: 3 },
      ['a', 'b'],
      [
        [1, 3],
        [2, 3],
      ],
    ],
    [{ a: [] }, ['a'], [[undefined]]],
    [{ a: [] }, ['a.b'], [[null]]],
    [{ a: [{ b: 1 }, { b: 2 }, 5] }, ['a.b'], [[1], [2], [null]]],
    [
      { a: [{ b: 1, c: 2 }, { b: 3 }] },
      ['a.b', 'a.c'],
      [
        [1, 2],
        [3, null],
      ],
    ],
    [{ a: [{ b: [1, 2] }] }, ['a.b'], [[1], [2]]],
    [{ a: [[1, 2], 3] }, ['a'], [[[1, 2]], [3]]],
    [{ a: [7, 8] }, ['a.1'], [[8]]],
    [{ a: [{ b: 1 }], c: 2 }, ['a', 'a.b', 'c'], [[{ b: 1 }, 1, 2]]],
  ];
  for (const [doc, paths, keys] of KEYS) {
    it(`give ${JSON.stringify(doc)} its keys in an index on ${paths.join()}`, () => {
      expect(indexKeyValues(doc, paths)).to.deep.equal(keys);
    });
  }

  it('refuse an index path that is a position and a field name at once', () => {
    expect(codeOf(() => indexKeyValues({ a: [{ 0: 5 }] }, ['a.0']))).to.equal(16746);
  });

  it('refuse two arrays in one index with 171', () => {
    expect(codeOf(() => indexKeyValues({ a: [1], b: [2] }, ['a', 'b']))).to.equal(171);
    expect(codeOf(() => indexKeyValues({ a: [{ b: [1], c: [2] }] }, ['a.b', 'a.c']))).to.equal(171);
  });
});
