import { expect } from 'chai';
import { runPipeline } from '../../../server/platform/embedded-store/aggregate/run-pipeline.ts';
import { decodeDocument, encodeDocument } from '../../../server/platform/embedded-store/document-bytes.ts';
import { compileFilter } from '../../../server/platform/embedded-store/query/match.ts';
import { compileProjection } from '../../../server/platform/embedded-store/query/project.ts';
import { compileSortOrder, sortDocuments } from '../../../server/platform/embedded-store/query/sort.ts';
import { applyUpdate, compileUpdate } from '../../../server/platform/embedded-store/update/apply-update.ts';
import { documentForUpsert } from '../../../server/platform/embedded-store/update/upsert.ts';
import type { Doc } from '../../../server/platform/embedded-store/values/bson-types.ts';
import { canonical, codeOf } from './stored-documents.ts';

const now = new Date(0);
const context = { now, readCollection: () => [] };
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'];

/** A stored document with one field of any name; an object literal would take `__proto__` for something else. */
function withField(name: string, value: unknown): Doc {
  return decodeDocument(encodeDocument(new Map([[name, value]]) as unknown as Doc));
}

function update(doc: Doc, operator: string, field: Doc): Doc {
  return applyUpdate(doc, { [operator]: field }, { now, inserting: false }).doc;
}

function bytes(doc: Doc): string {
  return Buffer.from(encodeDocument(doc)).toString('hex');
}

describe('field names that JavaScript treats specially', () => {
  afterEach(() => {
    expect(({} as Doc).polluted).to.equal(undefined);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(Object.keys(Object)).to.deep.equal([]);
  });

  for (const name of NAMES) {
    it(`are missing unless stored: ${name}`, () => {
      expect(compileFilter(withField(name, null)).matches({})).to.equal(true);
      expect(compileFilter(withField(name, withField('$exists', true))).matches({})).to.equal(false);
      expect(compileFilter(withField(`${name}.x`, withField('$exists', true))).matches({})).to.equal(false);
      expect(compileFilter(withField(name, 'x')).matches(withField(name, 'x'))).to.equal(true);
    });

    it(`are set, counted up and removed as fields: ${name}`, () => {
      const set = update({}, '$set', withField(name, 'x'));
      expect(bytes(set)).to.equal(bytes(withField(name, 'x')));
      expect(Object.getPrototypeOf(set)).to.equal(Object.prototype);
      expect(bytes(update(withField(name, 1), '$inc', withField(name, 2)))).to.equal(
        bytes(withField(name, 3)),
      );
      expect(bytes(update(withField(name, 1), '$unset', withField(name, '')))).to.equal(bytes({}));
      expect(bytes(update({ a: 1 }, '$rename', { a: name }))).to.equal(bytes(withField(name, 1)));
    });

    it(`lead no path into a prototype: ${name}`, () => {
      const set = update({}, '$set', withField(`${name}.polluted`, 'yes'));
      expect(bytes(set)).to.equal(bytes(withField(name, { polluted: 'yes' })));
      const filter = withField(`${name}.polluted`, 'yes');
      const upserted = documentForUpsert(filter, compileUpdate({ $set: { a: 1 } }, { now }));
      expect(Object.hasOwn(upserted, name)).to.equal(true);
    });

    it(`pass through projections, sorts and pipelines: ${name}`, () => {
      const doc = withField(name, 'x');
      expect(bytes(compileProjection(withField(name, 1))(doc))).to.equal(bytes(doc));
      expect(bytes(compileProjection({ a: 0 })(doc))).to.equal(bytes(doc));
      expect(sortDocuments([doc, {}], compileSortOrder(withField(name, 1))).map(bytes)).to.deep.equal([
        bytes({}),
        bytes(doc),
      ]);
      const [added] = runPipeline([{ $addFields: withField(name, '$a') }], [{ a: 1 }], context);
      expect(Object.hasOwn(added ?? {}, name)).to.equal(true);
      const [grouped] = runPipeline([{ $group: { _id: `$${name}` } }], [{}], context);
      expect(grouped?._id).to.equal(null);
      const [facet] = runPipeline([{ $facet: withField(name, []) }], [], context);
      expect(Object.hasOwn(facet ?? {}, name)).to.equal(true);
    });

    it(`survive a replacement and a copy: ${name}`, () => {
      const replaced = applyUpdate({ _id: 1 }, withField(name, 'x'), { now, inserting: false }).doc;
      expect(Object.keys(replaced)).to.deep.equal(['_id', name]);
    });
  }

  it('are refused as paths when empty or with a dollar in front', () => {
    expect(codeOf(() => update({}, '$set', { '': 1 }))).to.equal(56);
    expect(codeOf(() => update({}, '$set', { 'a.': 1 }))).to.equal(56);
    expect(codeOf(() => update({}, '$set', { $x: 1 }))).to.equal(52);
    expect(codeOf(() => compileProjection({ '': 1 }))).to.equal(16410);
    expect(codeOf(() => compileSortOrder({ '': 1 }))).to.equal(2);
  });

  it('with a dot inside are never reached by a path', () => {
    const doc = withField('a.b', 1);
    expect(compileFilter({ 'a.b': 1 }).matches(doc)).to.equal(false);
    expect(canonical(update(doc, '$set', { 'a.b': 2 }))).to.equal(canonical({ 'a.b': 1, a: { b: 2 } }));
  });

  it('make no BSON class out of a document', () => {
    const doc = withField(
      'a',
      new Map([
        ['_bsontype', 'Int32'],
        ['value', '5'],
      ]),
    );
    expect(compileFilter({ a: 5 }).matches(doc)).to.equal(false);
    expect(compileFilter({ a: { $type: 'object' } }).matches(doc)).to.equal(true);
    expect(compileFilter({ 'a.value': '5' }).matches(doc)).to.equal(true);
  });

  it('that are empty are found by their name', () => {
    expect(compileFilter(withField('', 1)).matches(withField('', 1))).to.equal(true);
  });
});
