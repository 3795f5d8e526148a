import { failedToParse } from '../errors.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { compileStage } from './stages.ts';

/** What a pipeline may use besides its input. */
export interface PipelineContext {
  now: Date;
  /** The documents of another collection of the same database, for `$lookup`. */
  readCollection(name: string): Iterable<Doc>;
}

/** Turns the documents of one stage into those of the next. */
export type Stage = (docs: Doc[], context: PipelineContext) => Doc[];

/**
 * Checks a pipeline without running it.
 *
 * @throws StoreError 238 for a stage, operator or option that the store leaves out, else MongoDB's code.
 */
export function checkPipeline(stages: unknown): void {
  compilePipeline(stages);
}

/** Runs a pipeline over stored documents; BSON types of fields that are passed on are kept. */
export function runPipeline(stages: unknown, docs: Iterable<Doc>, context: PipelineContext): Doc[] {
  return compilePipeline(stages).reduce((input, stage) => stage(input, context), [...docs]);
}

/** The stages of a pipeline as functions, also for the branches of `$facet`. */
export function compilePipeline(stages: unknown): Stage[] {
  if (!Array.isArray(stages)) throw failedToParse("'pipeline' option must be specified as an array");
  return (stages as unknown[]).map((stage) => {
    const names = isDocument(stage) ? Object.keys(stage) : [];
    const [name] = names;
    if (!isDocument(stage) || names.length !== 1 || name === undefined) {
      throw failedToParse('A pipeline stage specification object must contain exactly one field.');
    }
    return compileStage(name, stage[name]);
  });
}
