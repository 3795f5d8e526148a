import type { Doc } from '../values/bson-types.ts';

/** What a pipeline may use besides its input. */
export interface PipelineContext {
  now: Date;
  /**
   * The documents of another collection of the same database, for `$lookup`. Only those the filter matches are
   * needed; more do no harm.
   */
  readCollection: (name: string, filter: Doc) => Iterable<Doc>;
}

/** Turns the documents of one stage into those of the next. Neither list nor documents may be changed. */
export type Stage = (docs: Doc[], context: PipelineContext) => Doc[];

/** The variables every expression of a pipeline may use, besides `$$ROOT`. */
export const PIPELINE_VARIABLES: ReadonlySet<string> = new Set(['NOW']);

/** The values of `PIPELINE_VARIABLES` in one run. */
export function variablesOf({ now }: PipelineContext): ReadonlyMap<string, unknown> {
  return new Map([['NOW', now]]);
}
