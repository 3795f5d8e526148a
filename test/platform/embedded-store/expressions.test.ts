import { Double, Long, ObjectId } from 'bson';
import { expect } from 'chai';
import { compileExpression } from '../../../server/platform/embedded-store/aggregate/expressions.ts';
import { canonical, codeOf, stored } from './stored-documents.ts';

const day = new Date('2026-03-29T00:30:00Z');
const root = {
  a: 5,
  b: -2,
  d: new Double(2.5),
  g: Long.fromNumber(7),
  s: 'Über',
  z: null,
  t: true,
  l: [3, 1, 2],
  docs: [{ x: 1 }, { x: 2 }, {}, 4],
  o: { p: { q: 1 } },
  at: day,
  id: new ObjectId('0123456789abcdef01234567'),
};

function evaluate(source: unknown): unknown {
  return compileExpression(stored({ source }).source)({ root: stored(root) });
}

const MISSING = Symbol('missing');
type Line = [source: unknown, result: unknown];

const LINES: Record<string, Line[]> = {
  paths: [
    ['$a', 5],
    ['$o.p.q', 1],
    ['$docs.x', [1, 2]],
    ['$docs.0', []],
    ['$l.0', []],
    ['$missing', MISSING],
    ['$a.b', MISSING],
    ['$$ROOT.a', 5],
    [{ $literal: '$a' }, '$a'],
    ['text', 'text'],
    [{ k: '$a', m: '$missing' }, { k: 5 }],
    [
      ['$a', '$missing'],
      [5, null],
    ],
  ],
  arithmetic: [
    [{ $add: ['$a', 1] }, 6],
    [{ $add: ['$a', '$d'] }, new Double(7.5)],
    [{ $add: ['$a', '$g'] }, Long.fromNumber(12)],
    [{ $add: ['$a', '$missing'] }, null],
    [{ $add: [] }, 0],
    [{ $add: [2147483647, 1] }, Long.fromNumber(2147483648)],
    [{ $add: [Long.MAX_VALUE, 1] }, new Double(2 ** 63)],
    [{ $add: ['$at', 1000] }, new Date(day.getTime() + 1000)],
    [{ $subtract: ['$a', '$b'] }, 7],
    [{ $subtract: ['$at', new Date(0)] }, Long.fromNumber(day.getTime())],
    [{ $subtract: ['$at', 500] }, new Date(day.getTime() - 500)],
    [{ $multiply: ['$a', '$b', 2] }, -20],
    [{ $divide: ['$a', 2] }, new Double(2.5)],
    [{ $divide: [4, 2] }, new Double(2)],
    [{ $mod: ['$a', 3] }, 2],
    [{ $mod: [-5, 3] }, -2],
    [{ $mod: [new Double(5.5), 2] }, new Double(1.5)],
    [{ $abs: '$b' }, 2],
    [{ $ceil: '$d' }, new Double(3)],
    [{ $floor: ['$d'] }, new Double(2)],
    [{ $trunc: new Double(-2.5) }, new Double(-2)],
    [{ $floor: '$a' }, 5],
    [{ $abs: '$z' }, null],
  ],
  comparison: [
    [{ $eq: ['$a', new Double(5)] }, true],
    [{ $ne: ['$a', 5] }, false],
    [{ $gt: ['$s', '$a'] }, true],
    [{ $lt: ['$missing', '$z'] }, true],
    [{ $eq: ['$missing', null] }, false],
    [{ $gte: ['$a', 5] }, true],
    [{ $lte: ['$a', 4] }, false],
    [{ $cmp: ['$b', '$a'] }, -1],
  ],
  logic: [
    [{ $and: ['$t', '$a'] }, true],
    [{ $and: ['$t', 0] }, false],
    [{ $and: [] }, true],
    [{ $or: ['$z', '$missing'] }, false],
    [{ $or: [''] }, true],
    [{ $not: ['$t'] }, false],
    [{ $not: [[]] }, false],
    [{ $cond: ['$t', 'yes', 'no'] }, 'yes'],
    [{ $cond: { if: '$z', then: 1, else: '$missing' } }, MISSING],
    [{ $ifNull: ['$z', '$missing', 'x'] }, 'x'],
    [{ $ifNull: ['$a', 'x'] }, 5],
    [
      {
        $switch: {
          branches: [
            { case: { $gt: ['$a', 9] }, then: 1 },
            { case: true, then: 2 },
          ],
        },
      },
      2,
    ],
    [{ $switch: { branches: [{ case: false, then: 1 }], default: 3 } }, 3],
  ],
  text: [
    [{ $concat: ['$s', '!'] }, 'Über!'],
    [{ $concat: ['$s', '$z'] }, null],
    [{ $toLower: '$s' }, 'über'],
    [{ $toUpper: 'a' }, 'A'],
    [{ $toLower: '$missing' }, ''],
    [{ $strLenCP: 'a😀' }, 2],
    [{ $toString: '$a' }, '5'],
    [{ $toString: '$id' }, '0123456789abcdef01234567'],
    [{ $toString: '$at' }, '2026-03-29T00:30:00.000Z'],
    [{ $toObjectId: '0123456789abcdef01234567' }, root.id],
    [{ $type: '$g' }, 'long'],
    [{ $type: '$missing' }, 'missing'],
  ],
  arrays: [
    [{ $size: '$l' }, 3],
    [{ $in: [new Double(3), '$l'] }, true],
    [{ $in: [9, '$l'] }, false],
    [{ $arrayElemAt: ['$l', 0] }, 3],
    [{ $arrayElemAt: ['$l', -1] }, 2],
    [{ $arrayElemAt: ['$l', 9] }, MISSING],
    [{ $first: '$l' }, 3],
    [{ $last: '$l' }, 2],
    [{ $slice: ['$l', 2] }, [3, 1]],
    [{ $slice: ['$l', -1] }, [2]],
    [{ $slice: ['$l', 1, 1] }, [1]],
    [{ $concatArrays: ['$l', [9]] }, [3, 1, 2, 9]],
    [{ $isArray: ['$l'] }, true],
    [{ $isArray: '$a' }, false],
    [{ $filter: { input: '$l', as: 'n', cond: { $gte: ['$$n', 2] } } }, [3, 2]],
    [{ $map: { input: '$docs', as: 'd', in: { $ifNull: ['$$d.x', 0] } } }, [1, 2, 0, 0]],
    [{ $map: { input: '$l', in: { $add: ['$$this', '$a'] } } }, [8, 6, 7]],
    [{ $map: { input: '$missing', in: '$$this' } }, null],
    [{ $reduce: { input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $let: { vars: { x: '$a', y: 2 }, in: { $multiply: ['$$x', '$$y'] } } }, 10],
    [{ $sum: '$l' }, 6],
    [{ $sum: ['$a', '$b', '$s'] }, 3],
    [{ $avg: '$l' }, new Double(2)],
    [{ $max: ['$a', '$b'] }, 5],
    [{ $min: '$l' }, 1],
    [{ $mergeObjects: ['$o', { k: 1 }, null] }, { p: { q: 1 }, k: 1 }],
  ],
  dates: [
    [{ $dateToString: { date: '$at' } }, '2026-03-29T00:30:00.000Z'],
    [
      { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M', timezone: 'America/New_York' } },
      '2026-03-28 20:30',
    ],
    [{ $dateToString: { date: '$at', format: '%d.%m.%Y 100%%', timezone: '+0530' } }, '29.03.2026 100%'],
    [{ $dateToString: { date: '$missing', onNull: '-' } }, '-'],
    [{ $dateTrunc: { date: '$at', unit: 'day' } }, new Date('2026-03-29T00:00:00Z')],
    [
      { $dateTrunc: { date: '$at', unit: 'day', timezone: 'America/New_York' } },
      new Date('2026-03-28T04:00:00Z'),
    ],
    [
      { $dateTrunc: { date: '$at', unit: 'month', timezone: 'Europe/Berlin' } },
      new Date('2026-02-28T23:00:00Z'),
    ],
    [{ $dateTrunc: { date: '$at', unit: 'hour' } }, new Date('2026-03-29T00:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'week' } }, new Date('2026-03-29T00:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, new Date('2026-03-23T00:00:00Z')],
    [
      { $dateDiff: { startDate: '$at', endDate: new Date('2026-03-30T00:10:00Z'), unit: 'day' } },
      Long.fromNumber(1),
    ],
    [
      {
        $dateDiff: {
          startDate: new Date('2026-03-29T23:59:00Z'),
          endDate: new Date('2026-03-30T00:01:00Z'),
          unit: 'day',
        },
      },
      Long.fromNumber(1),
    ],
    [
      {
        $dateDiff: {
          startDate: new Date('2026-12-31T00:00:00Z'),
          endDate: new Date('2027-01-01T00:00:00Z'),
          unit: 'year',
        },
      },
      Long.fromNumber(1),
    ],
    [
      { $dateDiff: { startDate: '$at', endDate: new Date('2026-03-28T00:00:00Z'), unit: 'hour' } },
      Long.fromNumber(-24),
    ],
    [
      { $dateAdd: { startDate: new Date('2026-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
      new Date('2026-02-28T00:00:00Z'),
    ],
    [
      { $dateSubtract: { startDate: '$at', unit: 'day', amount: 1, timezone: 'Europe/Berlin' } },
      new Date('2026-03-28T00:30:00Z'),
    ],
    [{ $year: '$at' }, 2026],
    [{ $month: { date: '$at', timezone: 'America/New_York' } }, 3],
    [{ $dayOfMonth: { date: '$at', timezone: 'America/New_York' } }, 28],
    [{ $dayOfWeek: '$at' }, 1],
    [{ $hour: ['$at'] }, 0],
    [{ $minute: '$missing' }, null],
  ],
};

describe('an expression', () => {
  for (const [name, lines] of Object.entries(LINES)) {
    describe(name, () => {
      for (const [source, result] of lines) {
        it(`evaluates ${JSON.stringify(source)}`, () => {
          const value = evaluate(source);
          if (result === MISSING) expect(value).to.equal(undefined);
          else expect(canonical(value)).to.equal(canonical(result));
        });
      }
    });
  }

  const REFUSED: [source: unknown, code: number][] = [
    [{ $add: ['$s', 1] }, 14],
    [{ $subtract: ['$s', 1] }, 14],
    [{ $divide: [1, 0] }, 2],
    [{ $mod: [1, 0] }, 16610],
    [{ $size: '$a' }, 17124],
    [{ $eq: [1] }, 16020],
    [{ $cond: [1, 2] }, 16020],
    [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
    [{ $map: { input: '$a', in: 1 } }, 16883],
    [{ $map: { input: '$l' } }, 9],
    [{ $concat: ['$a'] }, 14],
    [{ $toObjectId: 'x' }, 241],
    [{ $dateTrunc: { date: '$at', unit: 'day', binSize: 2 } }, 238],
    [{ $dateToString: { date: '$at', timezone: 'Nowhere/Land' } }, 40485],
    [{ $dateToString: { date: '$a' } }, 16006],
    [{ $dateToString: { date: '$at', format: '%q' } }, 238],
    [{ $dateTrunc: { date: '$at', unit: 'aeon' } }, 2],
    [{ $zip: [] }, 238],
    [{ a: 1, $add: [] }, 9],
    [{ $add: [], $sum: 1 }, 15983],
    ['$', 40353],
    ['$a..b', 40353],
    ['$$this', 17276],
    ['$$NOW', 238],
  ];
  for (const [source, code] of REFUSED) {
    it(`refuses ${JSON.stringify(source)} with ${code}`, () => {
      expect(codeOf(() => evaluate(source))).to.equal(code);
    });
  }
});
