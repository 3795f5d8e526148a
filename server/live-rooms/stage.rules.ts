import { notFound } from '../contracts/problem.ts';

/** A stage of this event, or none where the whole event is meant; a stage of another event is not there. */
export function requireStage(
  event: { readonly stages: readonly { readonly id: string }[] },
  stageId: string | null,
): void {
  if (stageId !== null && !event.stages.some(({ id }) => id === stageId)) throw notFound('that stage');
}
