import { ObjectId } from 'bson';
import { expect } from 'chai';
import { compileUpdate } from '../../../server/platform/embedded-store/update/apply-update.ts';
import { documentForUpsert } from '../../../server/platform/embedded-store/update/upsert.ts';
import { canonical, codeOf, stored } from './stored-documents.ts';

function upsert(filter: object, update: object) {
  return documentForUpsert(stored(filter), compileUpdate(stored(update), { now: new Date(0) }));
}

const LINES: [filter: object, update: object, expected: object][] = [
  [{ _id: 1, a: 'x' }, { $set: { b: 2 } }, { _id: 1, a: 'x', b: 2 }],
  [{ a: 'x', _id: 1 }, { $set: { b: 2 } }, { _id: 1, a: 'x', b: 2 }],
  [{ _id: 1, n: { $gt: 5 }, k: { $eq: 'y' } }, { $inc: { n: 1 } }, { _id: 1, k: 'y', n: 1 }],
  [{ _id: 1 }, { $setOnInsert: { made: true }, $set: { a: 1 } }, { _id: 1, a: 1, made: true }],
  [{ $and: [{ _id: 1 }, { a: 2 }] }, { $set: { b: 1 } }, { _id: 1, a: 2, b: 1 }],
  [{ _id: 1, 'a.b': 2 }, { $set: { 'a.c': 3 } }, { _id: 1, a: { b: 2, c: 3 } }],
  [{ _id: 1, a: { $in: [1] }, b: { $ne: 2 }, c: /x/ }, { $set: { d: 1 } }, { _id: 1, d: 1 }],
  [{ _id: 1, tags: { $all: ['x'] } }, { $set: { d: 1 } }, { _id: 1, tags: 'x', d: 1 }],
  [{ $or: [{ a: 1 }, { a: 2 }], _id: 1 }, { $set: { d: 1 } }, { _id: 1, d: 1 }],
  [{ _id: 1, a: { x: 1 } }, { $set: { 'a.y': 1 } }, { _id: 1, a: { x: 1, y: 1 } }],
  [{ _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
  [{ a: 1 }, { _id: 5, b: 2 }, { _id: 5, b: 2 }],
  [{ a: 1 }, { $set: { _id: 9 } }, { _id: 9, a: 1 }],
  [
    { _id: 1, list: 'x' },
    { $set: { n: 1 }, $unset: { list: 1 } },
    { _id: 1, n: 1 },
  ],
];

describe('an upsert', () => {
  for (const [filter, update, expected] of LINES) {
    it(`of ${JSON.stringify(filter)} with ${JSON.stringify(update)} inserts what MongoDB would`, () => {
      expect(canonical(upsert(filter, update))).to.equal(canonical(expected));
    });
  }

  it('makes an ObjectId as the first field when nobody gives one', () => {
    const doc = upsert({ a: 1 }, { $set: { b: 1 } });
    expect(Object.keys(doc)).to.deep.equal(['_id', 'a', 'b']);
    expect(doc._id).to.be.instanceOf(ObjectId);
  });

  it('keeps a null _id', () => {
    expect(upsert({ _id: null }, { $set: { b: 1 } })._id).to.equal(null);
  });

  it('refuses a field that the filter gives two values', () => {
    expect(codeOf(() => upsert({ $and: [{ a: 1 }, { a: 2 }] }, { $set: { b: 1 } }))).to.equal(54);
    expect(codeOf(() => upsert({ a: { b: 1 }, 'a.b': 1 }, { $set: { b: 1 } }))).to.equal(54);
  });

  it('refuses an _id other than the filter gives', () => {
    expect(codeOf(() => upsert({ _id: 1 }, { $set: { _id: 2 } }))).to.equal(66);
    expect(codeOf(() => upsert({ _id: 1 }, { _id: 2 }))).to.equal(66);
  });

  it('refuses a positional update, because nothing was matched', () => {
    expect(codeOf(() => upsert({ a: 1 }, { $set: { 'b.$': 1 } }))).to.equal(2);
  });
});
