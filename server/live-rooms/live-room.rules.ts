/** Whether something can be said or shown there; null stands for the one place of an event without stages. */
export const isStageOf = (
  event: { readonly stages: readonly { readonly id: string }[] },
  stageId: string | null,
): boolean => (stageId === null ? event.stages.length === 0 : event.stages.some(({ id }) => id === stageId));
