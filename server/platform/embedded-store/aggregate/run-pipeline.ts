import { typeMismatch, StoreError } from '../errors.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import type { PipelineContext, Stage } from './pipeline-context.ts';
import { STAGES } from './stages.ts';
import { notImplemented } from '../errors.ts';

/**
 * Checks a pipeline without running it.
 *
 * @throws StoreError 238 for a stage, operator or option that the store leaves out, else MongoDB's code.
 */
export function checkPipeline(stages: unknown): void {
  compilePipeline(stages);
}

/** Runs a pipeline over stored documents; the BSON types of what is passed on are kept. */
export function runPipeline(stages: unknown, docs: Iterable<Doc>, context: PipelineContext): Doc[] {
  return compilePipeline(stages)([...docs], context);
}

function compilePipeline(stages: unknown, nested = false): Stage {
  if (!Array.isArray(stages)) throw typeMismatch("'pipeline' option must be specified as an array");
  const compiled = (stages as unknown[]).map((stage) => {
    const [name, ...others] = isDocument(stage) ? Object.keys(stage) : [];
    if (!isDocument(stage) || name === undefined || others.length > 0) {
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    if (name === '$facet') return compileFacet(stage.$facet, nested);
    const compile = STAGES.get(name);
    if (!compile) throw notImplemented(`The aggregation stage ${name}`);
    return compile(stage[name]);
  });
  return (docs, context) => compiled.reduce((input, run) => run(input, context), docs);
}

/** `$facet`: several pipelines over the same documents, in one result. */
function compileFacet(operand: unknown, nested: boolean): Stage {
  if (nested) throw new StoreError(40600, '$facet is not allowed to be used within a $facet stage');
  if (!isDocument(operand) || Object.keys(operand).length === 0) {
    throw new StoreError(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = Object.keys(operand).map((name) => [name, compilePipeline(operand[name], true)] as const);
  return (docs, context) => [Object.fromEntries(facets.map(([name, run]) => [name, run(docs, context)]))];
}
