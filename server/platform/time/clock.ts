/** Where "now" comes from. Rules take the instant as a parameter; only routes, jobs and use cases ask the clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
