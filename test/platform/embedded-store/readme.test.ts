import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Decimal128 } from 'bson';
import { ACCUMULATORS } from '../../../server/platform/embedded-store/aggregate/accumulators.ts';
import { DATE_OPERATORS } from '../../../server/platform/embedded-store/aggregate/date-operators.ts';
import { compileExpression } from '../../../server/platform/embedded-store/aggregate/expressions.ts';
import { FUNCTIONS } from '../../../server/platform/embedded-store/aggregate/expression-functions.ts';
import { checkPipeline } from '../../../server/platform/embedded-store/aggregate/run-pipeline.ts';
import { SPECIAL_FORMS } from '../../../server/platform/embedded-store/aggregate/special-forms.ts';
import { STAGES } from '../../../server/platform/embedded-store/aggregate/stages.ts';
import {
  commandTable,
  commonFields,
} from '../../../server/platform/embedded-store/commands/command-table.ts';
import { StoreError } from '../../../server/platform/embedded-store/errors.ts';
import { compileFilter } from '../../../server/platform/embedded-store/query/match.ts';
import { compileUpdate } from '../../../server/platform/embedded-store/update/apply-update.ts';
import { equalValues } from '../../../server/platform/embedded-store/values/compare.ts';

const readme = readFileSync(
  new URL('../../../server/platform/embedded-store/README.md', import.meta.url),
  'utf8',
);
const [inPart, outPart] = [/## In\n([\s\S]*?)\n## Out\n/, /## Out\n([\s\S]*?)\n## Moving/].map(
  (section) => section.exec(readme)![1]!,
) as [string, string];

/** The names in backticks of the paragraph that begins with a word. */
function listed(part: string, beginning: string): string[] {
  const paragraph = part.split('\n\n').find((text) => text.trim().startsWith(beginning));
  return namesIn(paragraph!.slice(paragraph!.lastIndexOf(': ') + 1));
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
}

function codeOf(action: () => unknown): number | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
}

describe('the README of the embedded store', () => {
  it('lists exactly the commands there are, with exactly their options', () => {
    const rows = inPart.split('\n').filter((line) => line.startsWith('| `'));
    const described = rows.map((row) => {
      const [, name, options] = row.split('|') as [string, string, string];
      return [...namesIn(name), ...namesIn(options)].join(' ');
    });
    expect(described).to.have.members([...commandTable.values()].map(({ fields }) => fields));
    for (const name of commonFields.filter((field) => field !== '$db'))
      expect(inPart).to.contain(`\`${name}\``);
  });

  it('lists exactly the stages, accumulators and expressions there are', () => {
    expect(listed(inPart, 'Stages:')).to.have.members([...STAGES.keys(), '$facet']);
    expect(listed(inPart, 'Accumulators')).to.have.members([...ACCUMULATORS.keys()]);
    const expressions = ['$literal', ...SPECIAL_FORMS.keys(), ...FUNCTIONS.keys(), ...DATE_OPERATORS.keys()];
    expect(listed(inPart, 'Expressions:')).to.have.members(expressions);
  });

  it('lists filters and updates that are known', () => {
    const lists = new Set(['$and', '$or', '$nor']);
    const operands: Record<string, unknown> = {
      $in: [1],
      $nin: [1],
      $not: { $eq: 1 },
      $type: 'string',
      $all: [1],
      $elemMatch: { $eq: 1 },
      $size: 1,
      $regex: 'a',
      $expr: { $eq: ['$a', 1] },
    };
    for (const name of listed(inPart, 'Filters:')) {
      const operand = operands[name] ?? 1;
      const filter = lists.has(name)
        ? { [name]: [{ a: 1 }] }
        : name === '$expr' || name === '$comment'
          ? { [name]: operand }
          : { a: name === '$options' ? { $regex: 'a', $options: 'i' } : { [name]: operand } };
      expect(
        codeOf(() => compileFilter(filter)),
        name,
      ).to.equal(undefined);
    }
    const targets: Record<string, unknown> = { $rename: 'b', $pullAll: [1], $currentDate: true };
    for (const name of listed(inPart, 'Updates')) {
      const change = { [name]: { a: targets[name] ?? 1 } };
      expect(
        codeOf(() => compileUpdate(change, { now: new Date() })),
        name,
      ).to.equal(undefined);
    }
  });

  it('lists as out only what is refused', () => {
    for (const name of listed(outPart, 'Commands:')) expect(commandTable.has(name), name).to.equal(false);
    for (const name of listed(outPart, 'Filters:')) {
      const onTop = ['$where', '$text', '$jsonSchema'].includes(name);
      expect(
        codeOf(() => compileFilter(onTop ? { [name]: 'x' } : { a: { [name]: 1 } })),
        name,
      ).to.equal(238);
    }
    for (const name of listed(outPart, 'Stages:').filter((stage) => stage !== '$lookup')) {
      expect(
        codeOf(() => checkPipeline([{ [name]: {} }])),
        name,
      ).to.equal(238);
      expect(
        codeOf(() => checkPipeline([{ $facet: { a: [{ [name]: {} }] } }])),
        name,
      ).to.be.oneOf([238, 40600]);
    }
    const lookup = { from: 'a', localField: 'b', foreignField: 'c', as: 'd', pipeline: [] };
    expect(codeOf(() => checkPipeline([{ $lookup: lookup }]))).to.equal(238);
    for (const name of listed(outPart, 'Expressions:')) {
      expect(
        codeOf(() => compileExpression({ [name]: 1 })),
        name,
      ).to.equal(238);
      expect(
        codeOf(() => compileFilter({ $expr: { $gt: [{ [name]: 1 }, 1] } })),
        name,
      ).to.equal(238);
    }
    expect(codeOf(() => compileUpdate({ $bit: { a: { and: 1 } } }, { now: new Date() }))).to.equal(238);
    expect(codeOf(() => compileUpdate([{ $set: { a: 1 } }], { now: new Date() }))).to.equal(238);
    expect(codeOf(() => equalValues(Decimal128.fromString('1'), 1))).to.equal(238);
    const options = [...commandTable.values()].flatMap(({ fields }) => fields.split(' '));
    for (const name of listed(outPart, 'Options:')) expect(options, name).not.to.include(name);
  });
});
