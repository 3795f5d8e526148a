import { failedToParse, notImplemented, StoreError } from '../errors.ts';
import { isDocument, setField, type Doc } from '../values/bson-types.ts';
import { ACCUMULATORS, ValueMap } from './accumulators.ts';
import { compileExpression } from './expressions.ts';
import { PIPELINE_VARIABLES, variablesOf, type Stage } from './pipeline-context.ts';

/** `$group`: groups come out in the order of their first document. */
export function compileGroup(operand: unknown): Stage {
  if (!isDocument(operand)) throw new StoreError(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(operand, '_id'))
    throw new StoreError(15955, 'a group specification must include an _id');
  const keyOf = compileExpression(operand._id, PIPELINE_VARIABLES);
  const fields = Object.keys(operand)
    .filter((name) => name !== '_id')
    .map((name) => compileField(name, operand[name]));
  return (docs, context) => {
    const variables = variablesOf(context);
    const groups = new ValueMap<{ key: unknown; fields: ReturnType<(typeof fields)[number]['start']>[] }>();
    for (const root of docs) {
      const scope = { root, variables };
      const key = keyOf(scope) ?? null;
      const group = groups.getOrAdd(key, () => ({ key, fields: fields.map(({ start }) => start()) }));
      for (const [i, field] of group.fields.entries()) field.add(fields[i]?.evaluate(scope));
    }
    return [...groups].map((group) => {
      const doc: Doc = { _id: group.key };
      for (const [i, { name }] of fields.entries()) setField(doc, name, group.fields[i]?.result());
      return doc;
    });
  };
}

function compileField(name: string, spec: unknown) {
  const operators = isDocument(spec) ? Object.keys(spec) : [];
  const [operator] = operators;
  if (!isDocument(spec) || operators.length !== 1 || operator === undefined) {
    throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  }
  if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  const start = ACCUMULATORS.get(operator);
  if (!start) throw notImplemented(`The accumulator ${operator}`);
  const operand = spec[operator];
  if (operator === '$count' && !(isDocument(operand) && Object.keys(operand).length === 0)) {
    throw failedToParse('$count takes no arguments');
  }
  return { name, start, evaluate: compileExpression(operand, PIPELINE_VARIABLES) };
}
