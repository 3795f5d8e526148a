/** Which stage of which event an organiser changes. */
export interface StageScope {
  readonly event: {
    readonly _id: string;
    readonly organiserId: string;
    readonly stages: readonly { readonly id: string }[];
  };
  readonly stageId: string | null;
}

/** What stands for the one place of an event without stages, in addresses. */
export const onlyStage = 'stage';

/** The stage an address names: `undefined` where the event has none of that name. */
export function stageOfPath(
  event: { readonly stages: readonly { readonly id: string }[] },
  segment: string,
): string | null | undefined {
  if (event.stages.length === 0) return segment === onlyStage ? null : undefined;
  return event.stages.find(({ id }) => id === segment)?.id;
}

export const pathOfStage = (stageId: string | null): string => encodeURIComponent(stageId ?? onlyStage);
