import type { Logger } from '../../logging/create-logger.ts';
import type { Run } from '../packaging/open-run.ts';
import { openRungs } from '../rungs/open-rungs.ts';
import type { RunRungs } from './keep-runs.ts';

/** Smaller pictures beside the source's, made by ffmpeg; without it the source is all there is. */
export function addRungs(run: Run, ffmpeg: string | null, logger: Logger): RunRungs {
  if (ffmpeg === null) return { warning: () => 'rungs-off', stop: () => undefined };
  const rungs = openRungs({
    ffmpeg,
    rung: (name) => run.rung(name),
    dropRung: (name) => run.dropRung(name),
    logger: logger.child({ streamId: run.streamId, runId: run.runId }),
  });
  const untap = run.tap(rungs);
  return {
    warning: () => rungs.warning(),
    stop() {
      untap();
      rungs.stop();
    },
  };
}
