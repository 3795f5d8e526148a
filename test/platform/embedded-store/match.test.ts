import { Binary, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { expect } from 'chai';
import { compileFilter } from '../../../server/platform/embedded-store/query/match.ts';
import { codeOf, messageOf, stored } from './stored-documents.ts';

function matches(filter: object, doc: object): boolean {
  return compileFilter(stored(filter)).matches(stored(doc));
}

function positionOf(filter: object, doc: object): number | undefined {
  return compileFilter(stored(filter)).positionOf(stored(doc));
}

/** Each line: filter, documents that match, documents that do not. */
type Line = [filter: object, yes: object[], no: object[]];

const id = new ObjectId();
const at = new Date('2026-01-01T00:00:00Z');

const EQUALITY: Line[] = [
  [{}, [{}, { a: 1 }], []],
  [
    { a: 1 },
    [{ a: 1 }, { a: new Double(1) }, { a: Long.fromInt(1) }, { a: [0, 1] }],
    [{ a: '1' }, {}, { a: [[1]] }],
  ],
  [{ a: 'x' }, [{ a: 'x' }, { a: ['y', 'x'] }], [{ a: 'X' }, { a: { x: 1 } }]],
  [{ a: null }, [{}, { a: null }, { a: [1, null] }], [{ a: 0 }, { a: [] }, { a: false }]],
  [{ a: true }, [{ a: true }], [{ a: 1 }, { a: false }]],
  [{ a: at }, [{ a: new Date(at) }], [{ a: at.getTime() }]],
  [{ a: id }, [{ a: new ObjectId(id.toHexString()) }], [{ a: id.toHexString() }]],
  [{ a: new Binary(Buffer.from([1, 2])) }, [{ a: Buffer.from([1, 2]) }], [{ a: Buffer.from([1]) }]],
  [
    { a: { x: 1, y: 2 } },
    [{ a: { x: 1, y: 2 } }, { a: [{ x: 1, y: 2 }] }],
    [{ a: { y: 2, x: 1 } }, { a: { x: 1 } }],
  ],
  [{ a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2], 3] }], [{ a: [2, 1] }, { a: [1, 2, 3] }, { a: 1 }]],
  [{ a: { $eq: 1 } }, [{ a: 1 }], [{ a: 2 }]],
  [{ a: { $ne: 1 } }, [{ a: 2 }, {}, { a: null }, { a: '1' }], [{ a: 1 }, { a: [2, 1] }]],
  [{ a: { $ne: null } }, [{ a: 1 }], [{}, { a: null }, { a: [null] }]],
  [{ a: NaN }, [{ a: NaN }], [{ a: 0 }]],
  [{ $comment: 'why' }, [{}], []],
];

const COMPARISON: Line[] = [
  [
    { a: { $gt: 1 } },
    [{ a: 2 }, { a: new Double(1.5) }, { a: [0, 2] }],
    [{ a: 1 }, { a: '2' }, {}, { a: null }, { a: at }],
  ],
  [{ a: { $gte: 1 } }, [{ a: 1 }, { a: Long.fromInt(1) }], [{ a: 0 }]],
  [{ a: { $lt: 'b' } }, [{ a: 'a' }, { a: '' }], [{ a: 'b' }, { a: 1 }, {}]],
  [
    { a: { $lte: at } },
    [{ a: at }, { a: new Date(0) }],
    [{ a: new Date(at.getTime() + 1) }, { a: new Timestamp(0n) }],
  ],
  [{ a: { $gte: null } }, [{}, { a: null }], [{ a: 0 }]],
  [{ a: { $gt: null } }, [], [{}, { a: null }, { a: 1 }]],
  [{ a: { $gt: 0, $lt: 5 } }, [{ a: 3 }, { a: [-1, 9] }], [{ a: 5 }, { a: [-1, 0] }]],
  [{ a: { $gt: [1, 2] } }, [{ a: [1, 3] }, { a: [1, 2, 0] }], [{ a: [1, 2] }, { a: 3 }]],
  [{ a: { $gt: { x: 1 } } }, [{ a: { x: 2 } }, { a: { y: 1 } }], [{ a: { x: 1 } }, { a: 5 }]],
  [{ a: { $lt: NaN } }, [], [{ a: 1 }, { a: NaN }]],
  [{ a: { $gte: NaN } }, [{ a: NaN }], [{ a: 1 }]],
  [{ a: { $lt: 1 } }, [{ a: -Infinity }], [{ a: NaN }]],
  [{ a: { $gt: new MinKey() } }, [{ a: 1 }, {}], [{ a: new MinKey() }]],
  [{ a: { $lte: new MaxKey() } }, [{ a: 1 }, { a: new MaxKey() }], []],
  [{ a: { $gt: false } }, [{ a: true }], [{ a: false }, { a: 1 }]],
];

const SETS: Line[] = [
  [{ a: { $in: [1, 'x', null] } }, [{ a: 1 }, { a: 'x' }, {}, { a: [5, 1] }], [{ a: 2 }, { a: [] }]],
  [{ a: { $in: [[1]] } }, [{ a: [1] }, { a: [[1]] }], [{ a: 1 }]],
  [{ a: { $in: [/^x/] } }, [{ a: 'xy' }], [{ a: 'yx' }]],
  [{ a: { $in: [] } }, [], [{}, { a: 1 }]],
  [{ a: { $nin: [1, 2] } }, [{ a: 3 }, {}, { a: [] }], [{ a: 1 }, { a: [3, 2] }]],
  [{ a: { $nin: [null] } }, [{ a: 3 }], [{}, { a: null }]],
  [{ a: { $all: [1, 2] } }, [{ a: [2, 1, 3] }], [{ a: [1] }, { a: 1 }, {}]],
  [{ a: { $all: [1] } }, [{ a: 1 }, { a: [1] }], [{ a: 2 }]],
  [{ a: { $all: [[1, 2]] } }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [2, 1] }]],
  [{ a: { $all: [] } }, [], [{ a: [] }, {}]],
  [
    { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
    [{ a: [{ x: 1 }, { x: 2 }] }],
    [{ a: [{ x: 1 }] }],
  ],
  [{ a: { $size: 2 } }, [{ a: [1, 2] }], [{ a: [1] }, { a: 2 }, {}, { a: [[1, 2]] }]],
  [{ a: { $size: 0 } }, [{ a: [] }], [{}]],
  [
    { a: { $elemMatch: { x: 1, y: { $gt: 1 } } } },
    [{ a: [{ x: 1, y: 2 }] }],
    [
      {
        a: [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      },
      { a: { x: 1, y: 2 } },
    ],
  ],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, [{ a: [0, 2] }], [{ a: [0, 4] }, { a: 2 }, { a: [[2]] }]],
  [{ a: { $elemMatch: { $or: [{ x: 1 }, { x: 2 }] } } }, [{ a: [{ x: 2 }] }], [{ a: [{ x: 3 }] }]],
  [{ a: { $not: { $elemMatch: { $gt: 1 } } } }, [{ a: [1] }, {}, { a: 5 }], [{ a: [2] }]],
];

const PATHS: Line[] = [
  [
    { 'a.b': 1 },
    [{ a: { b: 1 } }, { a: [{ b: 2 }, { b: 1 }] }, { a: { b: [1] } }],
    [{ a: 1 }, { 'a.b': 1 }, { a: [[{ b: 1 }]] }],
  ],
  [
    { 'a.b': null },
    [{}, { a: {} }, { a: 1 }, { a: [{}] }, { a: null }],
    [{ a: { b: 1 } }, { a: [] }, { a: [1, 2] }],
  ],
  [{ 'a.0': 1 }, [{ a: [1, 2] }, { a: { 0: 1 } }, { a: [{ 0: 1 }] }], [{ a: [2, 1] }, { a: [[1]] }]],
  [{ 'a.1.b': 1 }, [{ a: [0, { b: 1 }] }], [{ a: [{ b: 1 }] }]],
  [{ 'a.0.0': 1 }, [{ a: [[1]] }], [{ a: [1] }]],
  [{ 'a.b': { $exists: true } }, [{ a: { b: null } }, { a: [{}, { b: 1 }] }], [{}, { a: [] }, { a: 1 }]],
  [{ a: { $exists: false } }, [{}], [{ a: null }, { a: [] }]],
  [{ 'a.b': { $ne: 1 } }, [{ a: [{ b: 2 }] }, {}, { a: [] }], [{ a: [{ b: 2 }, { b: 1 }] }]],
  [{ 'a.b': { $size: 1 } }, [{ a: { b: [1] } }, { a: [{ b: [] }, { b: [1] }] }], [{ a: { b: 1 } }]],
];

const LOGIC: Line[] = [
  [{ $and: [{ a: 1 }, { b: 1 }] }, [{ a: 1, b: 1 }], [{ a: 1 }]],
  [{ $or: [{ a: 1 }, { b: 1 }] }, [{ b: 1 }], [{ a: 2 }]],
  [{ $nor: [{ a: 1 }, { b: 1 }] }, [{}, { a: 2 }], [{ b: 1 }]],
  [{ a: { $not: { $gt: 1 } } }, [{}, { a: 1 }, { a: 'x' }], [{ a: 2 }, { a: [0, 2] }]],
  [{ a: { $not: /x/ } }, [{}, { a: 'y' }, { a: 1 }], [{ a: 'x' }]],
  [{ a: { $not: { $gt: 1, $lt: 5 } } }, [{ a: 7 }, { a: 1 }], [{ a: 3 }]],
];

const TYPES: Line[] = [
  [{ a: { $type: 'string' } }, [{ a: 'x' }, { a: [1, 'x'] }], [{ a: 1 }, {}]],
  [{ a: { $type: 'number' } }, [{ a: 1 }, { a: new Double(1) }, { a: Long.ONE }], [{ a: '1' }]],
  [{ a: { $type: 'long' } }, [{ a: Long.ONE }], [{ a: 1 }, { a: new Double(1) }]],
  [{ a: { $type: 'int' } }, [{ a: new Int32(1) }], [{ a: new Double(1) }]],
  [{ a: { $type: 'array' } }, [{ a: [] }, { a: [1] }], [{ a: 1 }]],
  [{ a: { $type: 'objectId' } }, [{ a: id }], [{ a: 'x' }]],
  [{ a: { $type: 10 } }, [{ a: null }], [{}]],
  [{ a: { $type: ['string', 'null'] } }, [{ a: 'x' }, { a: null }], [{ a: 1 }]],
  [{ a: { $regex: '^ab', $options: 'i' } }, [{ a: 'ABc' }, { a: ['x', 'abc'] }], [{ a: 'cab' }, { a: 1 }]],
  [{ a: /b$/m }, [{ a: 'ab\ncd' }, { a: /b$/m }], [{ a: 'abc' }, { a: /b$/ }]],
  [{ a: { $regex: 'a.c', $options: 's' } }, [{ a: 'a\nc' }], [{ a: 'ac' }]],
  [{ a: { $regex: '^a.c$' } }, [{ a: 'a😀c' }], [{ a: 'a\nc' }]],
  [{ a: { $regex: 'a\\-b' } }, [{ a: 'a-b' }], [{ a: 'ab' }]],
];

const EXPR: Line[] = [
  [
    { $expr: { $gt: ['$a', '$b'] } },
    [{ a: 2, b: 1 }, { a: 'x', b: 1 }, { a: 1 }],
    [{ a: 1, b: 1 }, { b: 1 }],
  ],
  [
    { $expr: { $lte: [{ $add: ['$taken', 3] }, '$capacity'] } },
    [{ taken: 7, capacity: 10 }],
    [{ taken: 8, capacity: 10 }],
  ],
  [{ $expr: { $eq: ['$a', null] } }, [{ a: null }], [{}, { a: 0 }]],
  [{ $expr: { $in: ['x', '$tags'] } }, [{ tags: ['x'] }], [{ tags: ['y'] }]],
];

describe('the matcher', () => {
  const groups = { EQUALITY, COMPARISON, SETS, PATHS, LOGIC, TYPES, EXPR };
  for (const [name, lines] of Object.entries(groups)) {
    describe(name.toLowerCase(), () => {
      for (const [filter, yes, no] of lines) {
        it(`decides ${JSON.stringify(filter)}`, () => {
          for (const doc of yes) expect(matches(filter, doc), JSON.stringify(doc)).to.equal(true);
          for (const doc of no) expect(matches(filter, doc), JSON.stringify(doc)).to.equal(false);
        });
      }
    });
  }

  it('also takes plain JavaScript values in the filter and the document', () => {
    const matcher = compileFilter({ n: { $gte: 3 }, at: { $lt: new Date(5) }, big: 2 ** 40, re: /a/ });
    expect(matcher.matches({ n: 3, at: new Date(4), big: Long.fromNumber(2 ** 40), re: 'cat' })).to.equal(
      true,
    );
    expect(matcher.matches({ n: 2, at: new Date(4), big: 2 ** 40, re: 'cat' })).to.equal(false);
  });

  it('decides a long $in as it decides a short one', () => {
    const long = [...Array(30).keys()].map((n) => n + 100);
    const wanted = { a: { $in: [...long, null, 'x', [1], { k: 1 }] } };
    for (const a of [new Double(100), Long.fromNumber(129), 'x', null, [1], { k: 1 }, [0, 105]]) {
      expect(matches(wanted, { a })).to.equal(true);
    }
    expect(matches(wanted, {})).to.equal(true);
    for (const a of [99, 130, 'y', [], [2], { k: 2 }, '100']) expect(matches(wanted, { a })).to.equal(false);
    expect(matches({ a: { $in: [...long, /^y/] } }, { a: 'yes' })).to.equal(true);
    const tail = 'z'.repeat(2000);
    expect(matches({ a: { $in: [...long, `${tail}1`] } }, { a: `${tail}1` })).to.equal(true);
    expect(matches({ a: { $in: [...long, `${tail}1`] } }, { a: `${tail}2` })).to.equal(false);
  });

  it('tells the position of the outermost array element that matched', () => {
    expect(positionOf({ a: 2 }, { a: [1, 2, 2] })).to.equal(1);
    expect(positionOf({ 'a.b': 2 }, { a: [{ b: 1 }, { b: [0, 2] }] })).to.equal(1);
    expect(positionOf({ a: { $elemMatch: { x: 1 } } }, { a: [{ x: 0 }, { x: 1 }] })).to.equal(1);
    expect(positionOf({ $and: [{ n: 1 }, { a: { $gte: 5 } }] }, { n: 1, a: [3, 5] })).to.equal(1);
    expect(positionOf({ $or: [{ a: 9 }, { b: 7 }] }, { a: [1], b: [6, 7] })).to.equal(1);
    expect(positionOf({ a: { $in: [3, 4] } }, { a: [1, 4] })).to.equal(1);
  });

  it('tells no position for what was named by position, negated, or is no array', () => {
    expect(positionOf({ 'a.1': 2 }, { a: [1, 2] })).to.equal(undefined);
    expect(positionOf({ a: 1 }, { a: 1 })).to.equal(undefined);
    expect(positionOf({ a: { $ne: 1 } }, { a: [2] })).to.equal(undefined);
    expect(positionOf({ a: { $size: 1 } }, { a: [2] })).to.equal(undefined);
  });

  const REFUSED: [filter: object, code: number, names: string][] = [
    [{ $where: '1' }, 238, '$where'],
    [{ $text: { $search: 'x' } }, 238, '$text'],
    [{ a: { $near: [0, 0] } }, 238, '$near'],
    [{ a: { $mod: [2, 0] } }, 238, '$mod'],
    [{ $expr: { $function: {} } }, 238, '$function'],
    [{ a: { $regex: 'x', $options: 'x' } }, 238, 'x'],
    [{ a: { $regex: '\\Ax' } }, 238, '\\A'],
    [{ $foo: 1 }, 2, '$foo'],
    [{ a: { $foo: 1 } }, 2, '$foo'],
    [{ a: { $gt: 1, b: 2 } }, 2, 'b'],
    [{ a: { $elemMatch: { $expr: { $eq: ['$x', 1] } } } }, 2, '$expr'],
    [{ $or: [] }, 2, '$or'],
    [{ $and: { a: 1 } }, 2, '$and'],
    [{ $or: [1] }, 2, 'object'],
    [{ a: { $all: [{ $gt: 1 }] } }, 2, '$all'],
    [{ a: { $in: 1 } }, 2, '$in'],
    [{ a: { $in: [{ $gt: 1 }] } }, 2, '$in'],
    [{ a: { $all: 1 } }, 2, '$all'],
    [{ a: { $not: 1 } }, 2, '$not'],
    [{ a: { $not: {} } }, 2, '$not'],
    [{ a: { $ne: /x/ } }, 2, '$ne'],
    [{ a: { $gt: /x/ } }, 2, '$gt'],
    [{ a: { $elemMatch: 1 } }, 2, '$elemMatch'],
    [{ a: { $size: 'x' } }, 9, '$size'],
    [{ a: { $size: -1 } }, 9, '$size'],
    [{ a: { $type: 'thing' } }, 2, 'thing'],
    [{ a: { $regex: '(' } }, 51091, 'Regular expression'],
    [{ a: { $regex: 'x', $options: 'q' } }, 51108, 'q'],
    [{ a: { $options: 'i' } }, 2, '$options'],
  ];
  for (const [filter, code, names] of REFUSED) {
    it(`refuses ${JSON.stringify(filter)} with ${code}`, () => {
      const run = () => compileFilter(stored(filter));
      expect(codeOf(run)).to.equal(code);
      expect(messageOf(run)).to.contain(names);
    });
  }
});
