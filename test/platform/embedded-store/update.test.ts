import { Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { expect } from 'chai';
import { applyUpdate } from '../../../server/platform/embedded-store/update/apply-update.ts';
import { canonical, codeOf, stored } from './stored-documents.ts';

const now = new Date('2026-05-01T12:00:00Z');
const day = new Date(0);

interface Extra {
  arrayFilters?: object[];
  position?: number;
  inserting?: boolean;
}

function run(doc: object, update: object, { arrayFilters, position, inserting = false }: Extra = {}) {
  const filters = arrayFilters?.map(stored) ?? [];
  return applyUpdate(stored(doc), stored(update), { now, arrayFilters: filters, position, inserting });
}

function expectResult(doc: object, update: object, expected: object, extra?: Extra): void {
  expect(canonical(run(doc, update, extra).doc)).to.equal(canonical(expected));
}

type Line = [doc: object, update: object, expected: object, extra?: Extra];

const FIELDS: Record<string, Line[]> = {
  $set: [
    [{ a: 1 }, { $set: { a: 2 } }, { a: 2 }],
    [{ a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }],
    [{}, { $set: { z: 1, b: 2, a: 3 } }, { a: 3, b: 2, z: 1 }],
    [{}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    [{ a: { x: 1 } }, { $set: { 'a.y': 2 } }, { a: { x: 1, y: 2 } }],
    [{ a: [1, 2] }, { $set: { 'a.1': 5 } }, { a: [1, 5] }],
    [{ a: [1] }, { $set: { 'a.3': 5 } }, { a: [1, null, null, 5] }],
    [{ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2 } }, { a: [{ b: 2 }] }],
    [{}, { $set: { 'a.0': 1 } }, { a: { 0: 1 } }],
    [{ a: 1 }, { $set: { a: new Double(1) } }, { a: new Double(1) }],
    [{ _id: 1, a: 1 }, { $set: { _id: 1, a: 2 } }, { _id: 1, a: 2 }],
    [{ a: 1 }, { $set: {} }, { a: 1 }],
  ],
  $unset: [
    [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    [{ a: { x: 1, y: 2 } }, { $unset: { 'a.x': 1 } }, { a: { y: 2 } }],
    [{ a: [1, 2] }, { $unset: { 'a.0': 1 } }, { a: [null, 2] }],
    [{ a: 1 }, { $unset: { b: 1, 'a.c': 1 } }, { a: 1 }],
  ],
  $inc: [
    [{ a: 1 }, { $inc: { a: 2 } }, { a: 3 }],
    [{}, { $inc: { a: 2 } }, { a: 2 }],
    [{ a: 1 }, { $inc: { a: new Double(0.5) } }, { a: new Double(1.5) }],
    [{ a: 1 }, { $inc: { a: new Double(1) } }, { a: new Double(2) }],
    [{ a: 1 }, { $inc: { a: Long.fromInt(1) } }, { a: Long.fromInt(2) }],
    [{ a: 2147483647 }, { $inc: { a: 1 } }, { a: Long.fromNumber(2147483648) }],
    [
      { a: Long.fromString('9007199254740993') },
      { $inc: { a: 1 } },
      { a: Long.fromString('9007199254740994') },
    ],
    [{ a: { b: 1 } }, { $inc: { 'a.b': -1 } }, { a: { b: 0 } }],
  ],
  $mul: [
    [{ a: 3 }, { $mul: { a: 2 } }, { a: 6 }],
    [{}, { $mul: { a: 2 } }, { a: 0 }],
    [{}, { $mul: { a: new Double(2) } }, { a: new Double(0) }],
    [{ a: 65536 }, { $mul: { a: 65536 } }, { a: Long.fromNumber(2 ** 32) }],
  ],
  '$min and $max': [
    [{ a: 3 }, { $min: { a: 2 } }, { a: 2 }],
    [{ a: 3 }, { $min: { a: 4 } }, { a: 3 }],
    [{ a: 3 }, { $max: { a: 4 } }, { a: 4 }],
    [{}, { $max: { a: 4 } }, { a: 4 }],
    [{ a: 3 }, { $max: { a: 'x' } }, { a: 'x' }],
    [{ a: 3 }, { $min: { a: null } }, { a: null }],
    [{ a: 3 }, { $max: { a: new Double(3) } }, { a: 3 }],
  ],
  $rename: [
    [{ a: 1, c: 3 }, { $rename: { a: 'b' } }, { c: 3, b: 1 }],
    [{ a: 1, b: 2, c: 3 }, { $rename: { a: 'b' } }, { b: 1, c: 3 }],
    [{ a: { x: 1 } }, { $rename: { 'a.x': 'b.y' } }, { a: {}, b: { y: 1 } }],
    [{ c: 1 }, { $rename: { a: 'b' } }, { c: 1 }],
  ],
  $currentDate: [
    [{}, { $currentDate: { a: true } }, { a: now }],
    [{ a: day }, { $currentDate: { a: { $type: 'date' } } }, { a: now }],
    [
      {},
      { $currentDate: { a: { $type: 'timestamp' } } },
      { a: new Timestamp({ t: now.getTime() / 1000, i: 1 }) },
    ],
  ],
  $setOnInsert: [
    [{ a: 1 }, { $setOnInsert: { b: 2 } }, { a: 1 }],
    [{ a: 1 }, { $setOnInsert: { b: 2 } }, { a: 1, b: 2 }, { inserting: true }],
  ],
};

const ARRAYS: Record<string, Line[]> = {
  $push: [
    [{ a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
    [{}, { $push: { a: 2 } }, { a: [2] }],
    [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
    [{ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 9, 2] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } }, { a: [1, 9, 2] }],
    [{ a: [1] }, { $push: { a: { $each: [9], $position: 5 } } }, { a: [1, 9] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: 0 } } }, { a: [] }],
    [{ a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1 } } }, { a: [1, 2, 3] }],
    [
      { a: [{ x: 1 }] },
      { $push: { a: { $each: [{ x: 2 }], $sort: { x: -1 }, $slice: 1 } } },
      { a: [{ x: 2 }] },
    ],
    [{ a: [3, 1] }, { $push: { a: { $each: [], $sort: -1 } } }, { a: [3, 1] }],
  ],
  $addToSet: [
    [{ a: [1] }, { $addToSet: { a: 2 } }, { a: [1, 2] }],
    [{ a: [1] }, { $addToSet: { a: new Double(1) } }, { a: [1] }],
    [{}, { $addToSet: { a: 1 } }, { a: [1] }],
    [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    [{ a: [1] }, { $addToSet: { a: [1, 2] } }, { a: [1, [1, 2]] }],
    [
      { a: [{ x: 1, y: 2 }] },
      { $addToSet: { a: { y: 2, x: 1 } } },
      {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    ],
  ],
  $pop: [
    [{ a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
    [{ a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
    [{ a: [] }, { $pop: { a: 1 } }, { a: [] }],
    [{}, { $pop: { a: 1 } }, {}],
  ],
  $pull: [
    [{ a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    [{ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [{ a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
    [{ a: [{ x: 1, y: 1 }] }, { $pull: { a: { y: 1, x: 1 } } }, { a: [] }],
    [{ a: [{ x: [1, 2] }] }, { $pull: { a: { x: { $elemMatch: { $gt: 1 } } } } }, { a: [] }],
    [{ a: [[1, 2], 1] }, { $pull: { a: [1, 2] } }, { a: [1] }],
    [{ a: ['ab', 'cd'] }, { $pull: { a: /^a/ } }, { a: ['cd'] }],
    [{ a: ['x', 'y', 'z'] }, { $pull: { a: { $in: ['x', 'z'] } } }, { a: ['y'] }],
    [{ b: 1 }, { $pull: { a: 1 } }, { b: 1 }],
  ],
  $pullAll: [[{ a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }]],
};

const POSITIONS: Record<string, Line[]> = {
  $: [
    [{ a: [1, 2] }, { $set: { 'a.$': 9 } }, { a: [1, 9] }, { position: 1 }],
    [{ a: [{ n: 1 }, { n: 2 }] }, { $inc: { 'a.$.n': 5 } }, { a: [{ n: 1 }, { n: 7 }] }, { position: 1 }],
    [{ a: [1, 2] }, { $unset: { 'a.$': 1 } }, { a: [null, 2] }, { position: 0 }],
  ],
  '$[]': [
    [{ a: [1, 2] }, { $inc: { 'a.$[]': 1 } }, { a: [2, 3] }],
    [{ a: [] }, { $inc: { 'a.$[]': 1 } }, { a: [] }],
    [{ a: [{ b: [1] }, { b: [2, 3] }] }, { $mul: { 'a.$[].b.$[]': 2 } }, { a: [{ b: [2] }, { b: [4, 6] }] }],
  ],
  '$[identifier]': [
    [{ a: [1, 5] }, { $set: { 'a.$[x]': 0 } }, { a: [1, 0] }, { arrayFilters: [{ x: { $gt: 3 } }] }],
    [
      { a: [{ k: 1 }, { k: 2, v: 1 }] },
      { $set: { 'a.$[e].v': 9 } },
      { a: [{ k: 1 }, { k: 2, v: 9 }] },
      { arrayFilters: [{ 'e.k': 2, 'e.v': { $exists: true } }] },
    ],
    [
      { a: [1, 2, 3] },
      { $set: { 'a.$[x]': 0 } },
      { a: [0, 2, 0] },
      { arrayFilters: [{ $or: [{ x: 1 }, { x: 3 }] }] },
    ],
    [
      {
        a: [
          { t: 'x', b: [1, 8] },
          { t: 'y', b: [8] },
        ],
      },
      { $set: { 'a.$[o].b.$[i]': 0 } },
      {
        a: [
          { t: 'x', b: [1, 0] },
          { t: 'y', b: [8] },
        ],
      },
      { arrayFilters: [{ 'o.t': 'x' }, { i: { $gt: 5 } }] },
    ],
  ],
  replacement: [
    [{ _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
    [
      { _id: 1, a: 1 },
      { b: 2, _id: 1 },
      { _id: 1, b: 2 },
    ],
    [{ _id: 1, a: 1 }, {}, { _id: 1 }],
  ],
};

const FAILURES: [name: string, code: number, doc: object, update: object, extra?: Extra][] = [
  ['$inc on a string', 14, { a: 'x' }, { $inc: { a: 1 } }],
  ['$inc on null', 14, { a: null }, { $inc: { a: 1 } }],
  ['$inc by a string', 14, { a: 1 }, { $inc: { a: 'x' } }],
  ['$mul on an array', 14, { a: [1] }, { $mul: { a: 2 } }],
  ['$inc beyond 64 bits', 2, { a: Long.MAX_VALUE }, { $inc: { a: 1 } }],
  ['$push on a scalar', 2, { a: 1 }, { $push: { a: 1 } }],
  ['$push with an unknown modifier', 2, { a: [] }, { $push: { a: { $each: [1], $foo: 1 } } }],
  ['$push with $each of no array', 2, { a: [] }, { $push: { a: { $each: 1 } } }],
  ['$push with a bad $slice', 2, { a: [] }, { $push: { a: { $each: [1], $slice: 'x' } } }],
  ['$push with a bad $sort', 2, { a: [] }, { $push: { a: { $each: [1], $sort: 2 } } }],
  ['$addToSet on a scalar', 2, { a: 1 }, { $addToSet: { a: 1 } }],
  ['$pull on a scalar', 2, { a: 1 }, { $pull: { a: 1 } }],
  ['$pullAll without an array', 2, { a: [1] }, { $pullAll: { a: 1 } }],
  ['$pop on a scalar', 14, { a: 1 }, { $pop: { a: 1 } }],
  ['$pop by 2', 9, { a: [1] }, { $pop: { a: 2 } }],
  ['$pop through a scalar', 28, { a: 'x' }, { $pop: { 'a.b': 1 } }],
  ['$set through a scalar', 28, { a: 1 }, { $set: { 'a.b': 1 } }],
  ['$set through null', 28, { a: null }, { $set: { 'a.b': 1 } }],
  ['$set of a name in an array', 28, { a: [1] }, { $set: { 'a.b': 1 } }],
  ['another _id', 66, { _id: 1 }, { $set: { _id: 2 } }],
  ['$unset of _id', 66, { _id: 1 }, { $unset: { _id: 1 } }],
  ['$inc of _id', 66, { _id: 1 }, { $inc: { _id: 1 } }],
  ['a part of _id', 66, { _id: { a: 1 } }, { $set: { '_id.b': 1 } }],
  ['another _id by replacement', 66, { _id: 1 }, { _id: 2 }],
  ['two operators on one path', 40, { a: 1 }, { $set: { a: 2 }, $inc: { a: 1 } }],
  ['a path and one below it', 40, {}, { $set: { a: {} }, $inc: { 'a.b': 1 } }],
  ['a rename onto a set path', 40, { a: 1 }, { $rename: { a: 'b' }, $set: { b: 1 } }],
  ['a position set twice', 40, { a: [1] }, { $set: { 'a.$': 1, 'a.0': 2 } }, { position: 0 }],
  ['an empty path part', 56, {}, { $set: { 'a..b': 1 } }],
  ['an empty path', 56, {}, { $set: { '': 1 } }],
  ['a path that begins with a dollar', 52, {}, { $set: { $x: 1 } }],
  ['a path with a dollar name inside', 52, {}, { $set: { 'a.$x': 1 } }],
  ['a path with two positional operators', 2, { a: [[1]] }, { $set: { 'a.$.$': 1 } }, { position: 0 }],
  [
    '$expr in an array filter',
    2,
    { a: [1] },
    { $set: { 'a.$[x]': 1 } },
    { arrayFilters: [{ x: 1, $expr: true }] },
  ],
  ['$expr in $pull', 2, { a: [{}] }, { $pull: { a: { $expr: { $eq: [1, 1] } } } }],
  ['an unknown operator', 9, {}, { $foo: { a: 1 } }],
  ['an operator with a scalar', 9, {}, { $set: 1 }],
  ['an operator beside a field', 9, {}, { $set: { a: 1 }, b: 1 }],
  ['a field beside an operator', 52, {}, { b: 1, $set: { a: 1 } }],
  ['$bit', 238, { a: 1 }, { $bit: { a: { and: 1 } } }],
  ['$ without a match', 2, { a: [1] }, { $set: { 'a.$': 1 } }],
  ['$ in the first place', 2, { a: [1] }, { $set: { '$.a': 1 } }],
  ['$[] on a scalar', 2, { a: 1 }, { $set: { 'a.$[]': 1 } }],
  ['$[] on a missing field', 2, {}, { $set: { 'a.$[]': 1 } }],
  ['an identifier without a filter', 2, { a: [1] }, { $set: { 'a.$[x]': 1 } }],
  ['an unused filter', 9, { a: 1 }, { $set: { a: 1 } }, { arrayFilters: [{ x: 1 }] }],
  [
    'two filters of one name',
    9,
    { a: [1] },
    { $set: { 'a.$[x]': 1 } },
    { arrayFilters: [{ x: 1 }, { x: 2 }] },
  ],
  ['a filter of two names', 9, { a: [1] }, { $set: { 'a.$[x]': 1 } }, { arrayFilters: [{ x: 1, y: 2 }] }],
  ['a filter with a bad name', 9, { a: [1] }, { $set: { 'a.$[X]': 1 } }, { arrayFilters: [{ X: 1 }] }],
  ['$rename to itself', 2, { a: 1 }, { $rename: { a: 'a' } }],
  ['$rename to a number', 2, { a: 1 }, { $rename: { a: 1 } }],
  ['$rename in an array', 2, { a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } }],
  ['$currentDate of a word', 2, {}, { $currentDate: { a: 'x' } }],
  ['$set far beyond an array', 2, { a: [] }, { $set: { 'a.9000000': 1 } }],
];

describe('the updater', () => {
  for (const [name, lines] of Object.entries({ ...FIELDS, ...ARRAYS, ...POSITIONS })) {
    it(`applies ${name}`, () => {
      for (const [doc, update, expected, extra] of lines) expectResult(doc, update, expected, extra);
    });
  }

  for (const [name, code, doc, update, extra] of FAILURES) {
    it(`refuses ${name} with ${code}`, () => {
      expect(codeOf(() => run(doc, update, extra))).to.equal(code);
    });
  }

  it('refuses array filters that are no list', () => {
    const filters = { x: 1 } as unknown as object[];
    expect(
      codeOf(() => applyUpdate({}, { $set: { a: 1 } }, { now, inserting: false, arrayFilters: filters })),
    ).to.equal(14);
  });

  it('refuses an update with a pipeline', () => {
    expect(codeOf(() => applyUpdate({}, [{ $set: { a: 1 } }], { now, inserting: false }))).to.equal(238);
  });

  it('says that nothing changed and gives the same document back when nothing did', () => {
    const doc = stored({ _id: 1, a: 1, b: [1], c: { d: 'x' }, e: new Double(2) });
    const same = [
      { $set: { a: 1, 'c.d': 'x' } },
      { $inc: { a: 0 } },
      { $addToSet: { b: 1 } },
      { $pull: { b: 7 } },
      { $unset: { z: 1 } },
      { $min: { a: 5 } },
      { $setOnInsert: { q: 1 } },
      { a: 1, b: [1], c: { d: 'x' }, e: new Double(2) },
    ];
    for (const update of same) {
      const result = applyUpdate(doc, stored(update), { now, inserting: false });
      expect(result.changed, JSON.stringify(update)).to.equal(false);
      expect(result.doc).to.equal(doc);
    }
  });

  it('sees a change of type alone as a change', () => {
    expect(run({ a: 1 }, { $set: { a: Long.ONE } }).changed).to.equal(true);
    expect(run({ a: { x: 1, y: 2 } }, { $set: { a: { y: 2, x: 1 } } }).changed).to.equal(true);
  });

  it('leaves the given document as it was and shares what it did not touch', () => {
    const doc = stored({ a: { b: [1, { c: 1 }] }, d: { e: new Int32(1) }, id: new ObjectId() });
    const before = canonical(doc);
    const result = applyUpdate(doc, stored({ $set: { 'a.b.1.c': 2 }, $push: { l: 3 } }), {
      now,
      inserting: false,
    });
    expect(canonical(doc)).to.equal(before);
    expect(result.doc.d).to.equal(doc.d);
    expect(result.doc.id).to.equal(doc.id);
  });
});
