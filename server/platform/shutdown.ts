import type { Logger } from './logging/create-logger.ts';

/** Well inside the ten seconds after which most process managers send SIGKILL. */
const hardLimitMs = 9_500;

/** On SIGTERM or SIGINT runs the steps in order, once, and exits 0; a step that hangs does not keep the process. */
export function stopOnSignals(
  logger: Logger,
  steps: readonly { name: string; run(): Promise<void> }[],
): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('stopping took too long');
      process.exit(1);
    }, hardLimitMs).unref();
    for (const step of steps) {
      await step
        .run()
        .catch((error: unknown) =>
          logger.error({ err: error, step: step.name }, 'a step of stopping failed'),
        );
    }
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

/** A process that cannot start says why and ends: in plain words where its settings are wrong, else with the stack. */
export function endOnFailure(starting: Promise<void>): void {
  starting.catch((error: unknown) => {
    const isOfSettings = error instanceof Error && error.name === 'ConfigError';
    const message =
      error instanceof Error
        ? isOfSettings
          ? error.message
          : (error.stack ?? error.message)
        : String(error);
    process.stderr.write(`${message}\n`);
    process.exit(1);
  });
}
