import { cpus } from 'node:os';

const times = () =>
  cpus().reduce(
    (sum, { times: { idle, user, nice, sys, irq } }) => ({
      idle: sum.idle + idle,
      all: sum.all + idle + user + nice + sys + irq,
    }),
    { idle: 0, all: 0 },
  );

/** Looks every second whether the machine has anything left. `stop` says in which share of the seconds it had not. */
export function watchLoad(): { stop(): number } {
  let before = times();
  let [seconds, full] = [0, 0];
  const timer = setInterval(() => {
    const now = times();
    seconds += 1;
    if (now.idle - before.idle < (now.all - before.all) * 0.05) full += 1;
    before = now;
  }, 1_000);
  return {
    stop() {
      clearInterval(timer);
      return full / Math.max(1, seconds);
    },
  };
}
