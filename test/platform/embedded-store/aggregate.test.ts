import { Double, Int32, Long, ObjectId } from 'bson';
import { expect } from 'chai';
import {
  checkPipeline,
  runPipeline,
} from '../../../server/platform/embedded-store/aggregate/run-pipeline.ts';
import { canonical, codeOf, messageOf, stored } from './stored-documents.ts';

const now = new Date('2026-03-01T10:00:00Z');

function run(docs: object[], stages: object[], others: Record<string, object[]> = {}) {
  const pipeline = stored({ stages }).stages;
  const readCollection = (name: string) => (others[name] ?? []).map(stored);
  return runPipeline(pipeline, docs.map(stored), { now, readCollection });
}

function expectDocs(
  docs: object[],
  stages: object[],
  expected: object[],
  others?: Record<string, object[]>,
): void {
  expect(canonical(run(docs, stages, others))).to.equal(canonical(expected));
}

const SALES = [
  { _id: 1, item: 'a', price: 10, qty: 2, tags: ['x', 'y'] },
  { _id: 2, item: 'b', price: 20, qty: 1, tags: [] },
  { _id: 3, item: 'a', price: new Double(5.5), qty: 10, tags: ['y'] },
  { _id: 4, item: 'a', qty: 1 },
];

describe('a pipeline', () => {
  it('matches, sorts, skips and limits', () => {
    const stages = [
      { $match: { item: 'a' } },
      { $sort: { qty: -1, _id: 1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { qty: 1 } },
    ];
    expectDocs(SALES, stages, [{ _id: 1, qty: 2 }]);
  });

  it('counts, and gives no document for no input', () => {
    expectDocs(SALES, [{ $count: 'n' }], [{ n: 4 }]);
    expectDocs(SALES, [{ $match: { item: 'z' } }, { $count: 'n' }], []);
  });

  it('answers what countDocuments sends', () => {
    expectDocs(
      SALES,
      [{ $match: { item: 'a' } }, { $group: { _id: 1, n: { $sum: 1 } } }],
      [{ _id: 1, n: 3 }],
    );
  });

  it('keeps the BSON types of fields that are passed on', () => {
    const doc = {
      _id: new ObjectId(),
      a: new Double(1),
      b: Long.ONE,
      c: { d: new Double(2) },
      l: [Long.fromNumber(3)],
    };
    expectDocs(
      [doc],
      [{ $addFields: { z: '$b' } }, { $unwind: '$l' }],
      [{ ...doc, l: Long.fromNumber(3), z: Long.ONE }],
    );
    expectDocs(
      [doc],
      [{ $project: { _id: 0, a: 1, c: 1 } }],
      [{ a: new Double(1), c: { d: new Double(2) } }],
    );
  });

  describe('$group', () => {
    it('gathers with each accumulator', () => {
      const group = {
        _id: '$item',
        sum: { $sum: '$price' },
        avg: { $avg: '$price' },
        min: { $min: '$price' },
        max: { $max: '$qty' },
        first: { $first: '$price' },
        last: { $last: '$price' },
        all: { $push: '$price' },
        n: { $count: {} },
      };
      expectDocs(
        SALES,
        [{ $group: group }],
        [
          {
            _id: 'a',
            sum: new Double(15.5),
            avg: new Double(7.75),
            min: new Double(5.5),
            max: 10,
            first: 10,
            last: null,
            all: [10, new Double(5.5)],
            n: 3,
          },
          { _id: 'b', sum: 20, avg: new Double(20), min: 20, max: 1, first: 20, last: 20, all: [20], n: 1 },
        ],
      );
    });

    it('puts 1, 1.0 and Long 1 into one group, null and missing too', () => {
      const docs = [{ k: 1 }, { k: new Double(1) }, { k: Long.ONE }, { k: null }, {}, { k: '1' }];
      expectDocs(
        docs,
        [{ $group: { _id: '$k', n: { $sum: 1 } } }],
        [
          { _id: 1, n: 3 },
          { _id: null, n: 2 },
          { _id: '1', n: 1 },
        ],
      );
    });

    it('groups by documents and by expressions', () => {
      const key = { item: '$item', big: { $gte: ['$qty', 2] } };
      expectDocs(
        SALES,
        [{ $group: { _id: key, n: { $sum: '$qty' } } }, { $sort: { n: 1 } }],
        [
          { _id: { item: 'b', big: false }, n: 1 },
          { _id: { item: 'a', big: false }, n: 1 },
          { _id: { item: 'a', big: true }, n: 12 },
        ],
      );
    });

    it('adds to a set by BSON equality, and sums numbers only', () => {
      const docs = [{ v: 1 }, { v: new Double(1) }, { v: 'x' }, {}, { v: null }, { v: Long.fromNumber(2) }];
      expectDocs(
        docs,
        [{ $group: { _id: null, set: { $addToSet: '$v' }, sum: { $sum: '$v' } } }],
        [{ _id: null, set: [1, 'x', null, Long.fromNumber(2)], sum: new Double(4) }],
      );
    });

    it('widens a sum from Int32 to Long to Double', () => {
      const big = { v: 2147483647 };
      expectDocs(
        [big, big],
        [{ $group: { _id: null, s: { $sum: '$v' } } }],
        [{ _id: null, s: Long.fromNumber(4294967294) }],
      );
      const huge = { v: Long.MAX_VALUE };
      expectDocs(
        [huge, huge],
        [{ $group: { _id: null, s: { $sum: '$v' } } }],
        [{ _id: null, s: new Double(2 ** 64) }],
      );
    });

    it('averages nothing to null and gives no group for no input', () => {
      expectDocs(
        [{ v: 'x' }],
        [{ $group: { _id: null, a: { $avg: '$v' }, m: { $max: '$z' } } }],
        [{ _id: null, a: null, m: null }],
      );
      expectDocs([], [{ $group: { _id: null, n: { $sum: 1 } } }], []);
    });
  });

  describe('$project and $addFields', () => {
    it('include, exclude and compute', () => {
      expectDocs([{ _id: 1, a: 1, b: { c: 2 } }], [{ $project: { a: 0 } }], [{ _id: 1, b: { c: 2 } }]);
      expectDocs(
        [{ _id: 1, a: 1, b: 2 }],
        [{ $project: { _id: 0, t: { $multiply: ['$a', 3] }, b: 1 } }],
        [{ b: 2, t: 3 }],
      );
      expectDocs(
        [{ _id: 1, a: 1 }],
        [{ $project: { a: '$$REMOVE', b: 'text', c: ['$a', '$z'] } }],
        [{ _id: 1, b: 'text', c: [1, null] }],
      );
    });

    it('add below documents and array elements, and overwrite in place', () => {
      expectDocs(
        [{ _id: 1, a: { x: 1 }, l: [{ x: 1 }, 2] }],
        [{ $addFields: { 'a.y': 2, 'l.y': 3 } }],
        [{ _id: 1, a: { x: 1, y: 2 }, l: [{ x: 1, y: 3 }, { y: 3 }] }],
      );
      expectDocs(
        [{ _id: 1, a: 1, b: 2 }],
        [{ $addFields: { a: '$b', n: 1, d: '$$NOW' } }],
        [{ _id: 1, a: 2, b: 2, n: 1, d: now }],
      );
    });
  });

  describe('$unwind', () => {
    it('gives a document per element and drops what has none', () => {
      expectDocs(
        SALES,
        [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
        [
          { _id: 1, tags: 'x' },
          { _id: 1, tags: 'y' },
          { _id: 3, tags: 'y' },
        ],
      );
    });

    it('keeps what has none when asked, with the index if asked', () => {
      const spec = { path: '$l', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' };
      expectDocs(
        [{ _id: 1, l: ['a', 'b'] }, { _id: 2, l: [] }, { _id: 3 }, { _id: 4, l: null }, { _id: 5, l: 7 }],
        [{ $unwind: spec }],
        [
          { _id: 1, l: 'a', i: Long.fromNumber(0) },
          { _id: 1, l: 'b', i: Long.fromNumber(1) },
          { _id: 2, i: null },
          { _id: 3, i: null },
          { _id: 4, l: null, i: null },
          { _id: 5, l: 7, i: null },
        ],
      );
    });

    it('reaches into documents', () => {
      expectDocs(
        [{ _id: 1, a: { l: [1, 2] } }],
        [{ $unwind: '$a.l' }],
        [
          { _id: 1, a: { l: 1 } },
          { _id: 1, a: { l: 2 } },
        ],
      );
    });
  });

  describe('$lookup', () => {
    const others = {
      people: [
        { _id: 1, n: 'p' },
        { _id: new Double(2), n: 'q' },
        { _id: 3, n: 'r', alias: [7, 8] },
        { _id: 4 },
      ],
    };
    const by = (localField: string, foreignField: string) => ({
      $lookup: { from: 'people', localField, foreignField, as: 'found' },
    });

    it('joins by equality across number types', () => {
      expectDocs(
        [{ _id: 1, p: Long.fromNumber(2) }],
        [by('p', '_id')],
        [{ _id: 1, p: Long.fromNumber(2), found: [others.people[1]!] }],
        others,
      );
    });

    it('joins each element of an array, each document once, in the order of the other collection', () => {
      expectDocs(
        [{ _id: 1, p: [3, 1, 3, 9] }],
        [by('p', '_id')],
        [{ _id: 1, p: [3, 1, 3, 9], found: [others.people[0]!, others.people[2]!] }],
        others,
      );
      expectDocs(
        [{ _id: 1, p: 8 }],
        [by('p', 'alias')],
        [{ _id: 1, p: 8, found: [others.people[2]!] }],
        others,
      );
    });

    it('joins missing with missing and null', () => {
      expectDocs([{ _id: 1 }], [by('p', 'n')], [{ _id: 1, found: [others.people[3]!] }], others);
    });

    it('asks for no more than the values it joins by', () => {
      const asked: object[] = [];
      const readCollection = (_: string, filter: object) => {
        asked.push(filter);
        return [];
      };
      runPipeline([by('p', '_id')], [{ p: 1 }, { p: [2, 1] }, {}], { now, readCollection });
      runPipeline(
        [by('p', '_id')],
        [...Array(1001).keys()].map((p) => ({ p })),
        { now, readCollection },
      );
      expect(asked).to.deep.equal([{ _id: { $in: [1, 2, null] } }, {}]);
    });

    it('gives an empty array for an unknown collection', () => {
      expectDocs([{ _id: 1, p: 1 }], [by('p', '_id')], [{ _id: 1, p: 1, found: [] }]);
    });
  });

  it('runs facets side by side over the same documents', () => {
    const facet = {
      total: [{ $count: 'n' }],
      byItem: [{ $group: { _id: '$item' } }],
      none: [{ $match: { item: 'z' } }],
    };
    expectDocs(
      SALES,
      [{ $facet: facet }],
      [{ total: [{ n: 4 }], byItem: [{ _id: 'a' }, { _id: 'b' }], none: [] }],
    );
  });

  it('does not change the documents it is given', () => {
    const docs = SALES.map(stored);
    const before = canonical(docs);
    const stages = [{ $addFields: { 'tags.z': 1 } }, { $unwind: '$tags' }, { $sort: { qty: 1 } }];
    runPipeline(stages, docs, { now, readCollection: () => [] });
    expect(canonical(docs)).to.equal(before);
  });

  const REFUSED: [stage: object, code: number, names: string][] = [
    [{ $out: 'x' }, 238, '$out'],
    [{ $merge: 'x' }, 238, '$merge'],
    [{ $replaceRoot: { newRoot: '$a' } }, 238, '$replaceRoot'],
    [{ $graphLookup: {} }, 238, '$graphLookup'],
    [{ $lookup: { from: 'x', let: {}, pipeline: [], as: 'y' } }, 238, 'let'],
    [{ $group: { _id: null, x: { $accumulator: {} } } }, 238, '$accumulator'],
    [{ $group: { _id: { $function: {} } } }, 238, '$function'],
    [{ $group: { _id: null, x: { $sum: { $zip: [] } } } }, 238, '$zip'],
    [{ $project: { a: { $map: { input: '$l', in: { $zip: [] } } } } }, 238, '$zip'],
    [{ $addFields: { a: { b: [{ $rand: {} }] } } }, 238, '$rand'],
    [{ $match: { a: { $near: 1 } } }, 238, '$near'],
    [{ $match: { $expr: { $zip: [] } } }, 238, '$zip'],
    [{ $facet: { a: [{ $match: {} }, { $out: 'x' }] } }, 238, '$out'],
    [{ $facet: { a: [{ $facet: { b: [] } }] } }, 40600, '$facet'],
    [{ $project: { a: '$$USER_ROLES' } }, 238, 'USER_ROLES'],
    [{ $project: { a: '$$who' } }, 17276, 'who'],
    [{ $unwind: { path: '$a', what: 1 } }, 238, 'what'],
    [{ $unwind: 'a' }, 28818, '$'],
    [{ $limit: 0 }, 15958, '$limit'],
    [{ $skip: -1 }, 15956, '$skip'],
    [{ $count: '' }, 40157, 'count'],
    [{ $count: '$a' }, 40157, 'count'],
    [{ $group: { x: { $sum: 1 } } }, 15955, '_id'],
    [{ $group: { _id: null, x: 1 } }, 40234, 'x'],
    [{ $project: {} }, 40177, '$project'],
    [{ $sort: { a: 0 } }, 2, 'a'],
    [{ $match: {}, $limit: 1 }, 40323, 'one field'],
  ];
  for (const [stage, code, names] of REFUSED) {
    it(`refuses ${JSON.stringify(stage)} with ${code} before it runs`, () => {
      const check = () => checkPipeline([stored(stage)]);
      expect(codeOf(check)).to.equal(code);
      expect(messageOf(check)).to.contain(names);
    });
  }

  it('refuses a pipeline that is no list', () => {
    expect(codeOf(() => checkPipeline({}))).to.equal(14);
    expect(codeOf(() => checkPipeline([1]))).to.equal(40323);
  });

  it('takes an Int32 for every count', () => {
    const [doc] = runPipeline([{ $count: 'n' }], [{}, {}], { now, readCollection: () => [] });
    expect(doc?.n).to.be.instanceOf(Int32);
  });
});
