import { Double } from 'bson';
import { expect } from 'chai';
import { compileFilter } from '../../../server/platform/embedded-store/query/match.ts';
import { compileProjection } from '../../../server/platform/embedded-store/query/project.ts';
import { canonical, codeOf, stored } from './stored-documents.ts';

function project(doc: object, projection: object, filter: object = {}) {
  return compileProjection(stored(projection), compileFilter(stored(filter)))(stored(doc));
}

type Line = [doc: object, projection: object, expected: object, filter?: object];

const doc = { _id: 1, a: 2, b: { c: 3, d: 4 }, l: [{ x: 1, y: 2 }, { x: 3, y: 4 }, 5] };

const LINES: Record<string, Line[]> = {
  'includes fields with _id': [
    [doc, { a: 1 }, { _id: 1, a: 2 }],
    [doc, { a: 1, _id: 0 }, { a: 2 }],
    [doc, { _id: 1 }, { _id: 1 }],
    [doc, { 'b.c': 1 }, { _id: 1, b: { c: 3 } }],
    [doc, { b: { c: 1 } }, { _id: 1, b: { c: 3 } }],
    [doc, { l: 1, a: true }, { _id: 1, a: 2, l: doc.l }],
    [doc, { 'l.x': 1 }, { _id: 1, l: [{ x: 1 }, { x: 3 }] }],
    [doc, { z: 1, 'b.z': 1, 'a.z': 1 }, { _id: 1, b: {} }],
    [{ _id: 1, l: [1, [{ x: 1, y: 1 }]] }, { 'l.x': 1 }, { _id: 1, l: [[{ x: 1 }]] }],
    [doc, { a: new Double(1) }, { _id: 1, a: 2 }],
  ],
  'excludes fields': [
    [doc, { l: 0, b: 0 }, { _id: 1, a: 2 }],
    [doc, { _id: 0, l: 0 }, { a: 2, b: doc.b }],
    [doc, { _id: 0 }, { a: 2, b: doc.b, l: doc.l }],
    [doc, { 'b.c': 0, l: false }, { _id: 1, a: 2, b: { d: 4 } }],
    [doc, { a: 0, b: 0, 'l.x': 0 }, { _id: 1, l: [{ y: 2 }, { y: 4 }, 5] }],
  ],
  'takes slices': [
    [{ _id: 1, a: 1, l: [1, 2, 3] }, { l: { $slice: 2 } }, { _id: 1, a: 1, l: [1, 2] }],
    [{ _id: 1, l: [1, 2, 3] }, { l: { $slice: -2 } }, { _id: 1, l: [2, 3] }],
    [{ _id: 1, l: [1, 2, 3] }, { l: { $slice: [1, 1] } }, { _id: 1, l: [2] }],
    [{ _id: 1, l: [1, 2, 3] }, { l: { $slice: [-2, 1] } }, { _id: 1, l: [2] }],
    [{ _id: 1, l: [1, 2, 3] }, { l: { $slice: [-9, 2] } }, { _id: 1, l: [1, 2] }],
    [
      { _id: 1, a: 1, l: [1, 2] },
      { a: 1, l: { $slice: 1 } },
      { _id: 1, a: 1, l: [1] },
    ],
    [
      { _id: 1, a: 1, l: [1, 2] },
      { a: 0, l: { $slice: 1 } },
      { _id: 1, l: [1] },
    ],
    [{ _id: 1, l: 'x' }, { l: { $slice: 1 } }, { _id: 1, l: 'x' }],
  ],
  'takes the first element that $elemMatch finds': [
    [
      { _id: 1, a: 1, l: [{ x: 1 }, { x: 2 }, { x: 2, y: 1 }] },
      { l: { $elemMatch: { x: 2 } } },
      { _id: 1, l: [{ x: 2 }] },
    ],
    [{ _id: 1, l: [1, 5, 7] }, { l: { $elemMatch: { $gt: 4 } } }, { _id: 1, l: [5] }],
    [{ _id: 1, l: [1] }, { l: { $elemMatch: { $gt: 4 } } }, { _id: 1 }],
    [{ _id: 1, l: 'x' }, { l: { $elemMatch: { $gt: 4 } } }, { _id: 1 }],
  ],
  'takes the element that the filter matched': [
    [{ _id: 1, l: [1, 5, 7] }, { 'l.$': 1 }, { _id: 1, l: [5] }, { l: { $gt: 4 } }],
    [
      { _id: 1, a: 2, l: [{ x: 1 }, { x: 2 }] },
      { a: 1, 'l.$': 1 },
      { _id: 1, a: 2, l: [{ x: 2 }] },
      { 'l.x': 2 },
    ],
  ],
  'computes fields': [
    [{ _id: 1, a: 2, b: 3 }, { sum: { $add: ['$a', '$b'] } }, { _id: 1, sum: 5 }],
    [
      { _id: 1, a: 2 },
      { a: 1, copy: '$a', none: '$z' },
      { _id: 1, a: 2, copy: 2 },
    ],
    [{ _id: 1, a: 2 }, { 'x.y': { $literal: 1 } }, { _id: 1, x: { y: 1 } }],
  ],
};

describe('a projection', () => {
  for (const [name, lines] of Object.entries(LINES)) {
    it(name, () => {
      for (const [source, projection, expected, filter] of lines) {
        const result = canonical(project(source, projection, filter));
        expect(result, JSON.stringify(projection)).to.equal(canonical(expected));
      }
    });
  }

  it('gives the document itself for an empty specification', () => {
    const source = stored(doc);
    expect(compileProjection({})(source)).to.equal(source);
  });

  const REFUSED: [projection: object, code: number][] = [
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, 'b.c': 1 }, 31254],
    [{ a: 0, x: '$y' }, 31254],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ 'a.': 1 }, 16410],
    [{ $a: 1 }, 16410],
    [{ a: {} }, 51270],
    [{ a: { $slice: 'x' } }, 2],
    [{ a: { $slice: [1, 0] } }, 2],
    [{ a: { $elemMatch: 1 } }, 2],
    [{ a: { $meta: 'textScore' } }, 238],
    [{ a: { $function: {} } }, 238],
    [{ a: { $elemMatch: { b: { $near: 1 } } } }, 238],
  ];
  for (const [projection, code] of REFUSED) {
    it(`refuses ${JSON.stringify(projection)} with ${code}`, () => {
      expect(codeOf(() => compileProjection(stored(projection)))).to.equal(code);
    });
  }

  it('fails when the filter matched no element of the array', () => {
    expect(codeOf(() => project({ l: [1] }, { 'l.$': 1 }, {}))).to.equal(51246);
  });
});
