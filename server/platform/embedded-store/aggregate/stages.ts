import { badValue, notImplemented } from '../errors.ts';
import { Int32 } from 'bson';
import { compileFilter } from '../query/match.ts';
import { compileSort } from '../query/sort.ts';
import { toNumber } from '../values/numbers.ts';
import type { Stage } from './run-pipeline.ts';

/** Compiles one stage of the subset. */
export function compileStage(name: string, operand: unknown): Stage {
  switch (name) {
    case '$match': {
      const matcher = compileFilter(operand);
      return (docs) => docs.filter((doc) => matcher.matches(doc));
    }
    case '$sort': {
      const order = compileSort(operand);
      return (docs) => [...docs].sort(order);
    }
    case '$skip':
      return (docs) => docs.slice(toNumber(operand));
    case '$limit':
      return (docs) => docs.slice(0, toNumber(operand));
    case '$count': {
      if (typeof operand !== 'string' || operand === '')
        throw badValue('the count field must be a non-empty string');
      return (docs) => (docs.length > 0 ? [{ [operand]: new Int32(docs.length) }] : []);
    }
    default:
      throw notImplemented(`The aggregation stage ${name}`);
  }
}
