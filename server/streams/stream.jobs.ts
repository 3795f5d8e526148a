import type { ControlMessage, ControlName } from '../contracts/media-control.ts';
import type { PictureSource } from '../contracts/stage-picture.ts';
import type { Deps } from '../deps.ts';
import { DeliveryFailure } from '../platform/outbox/deliver-failure.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { listParticipantsOf } from '../participants/participant.queries.ts';
import { revokeWatching } from './revoke-watching.ts';
import { showPlannedPictures } from './show-planned-pictures.ts';
import { stopFormerSpeakers } from './stop-former-speakers.ts';
import { findStream } from './stream.queries.ts';
import { chosenSource } from './stream.rules.ts';

/** Somebody who switches faster than that is told by their next message. */
const mostTries = 5;

/** Until the encoder is cut off it still sends, and the two processes' clocks differ. */
const removalMs = 60_000;

type Kinds =
  | 'viewing:ended'
  | 'viewers:revoked'
  | 'stream:selected'
  | 'stream:cut'
  | 'stream:removed'
  | 'recording:erased';

export const streamJobs: Pick<OutboxHandlers, Kinds> = {
  'viewing:ended': async (whose, { at, deps }) => {
    await revokeWatching(whose, deps);
    const events = new Set((await listParticipantsOf(whose)).map(({ eventId }) => eventId));
    for (const eventId of events) await stopFormerSpeakers(eventId, at);
  },
  'viewers:revoked': (message, { deps }) => tellMedia('revoke', message, deps),
  'stream:selected': ({ streamId }, { deps }) => tellChosenSource(streamId, deps),
  'stream:cut': (message, { deps }) => tellMedia('cut', message, deps),
  'recording:erased': (message, { deps }) => tellMedia('erase', message, deps),
  'stream:removed': async ({ streamId, fileIds }, { at, deps }) => {
    await tellMedia('cut', { streamId, source: null, message: 'This rehearsal was ended.' }, deps);
    await tellMedia('finish', { streamId }, deps);
    await tellMedia('erase', { streamId, from: 0, to: at.getTime() + removalMs, fileIds }, deps);
  },
};

/** What was planned for a stage is shown within a second of its time. */
export function startStreamSchedule(deps: Deps): { stop(): Promise<void> } {
  const isAlone = deps.config.mongodbUri === null;
  return runSchedule(
    { name: 'planned-pictures', everyMs: 1_000, isAlone, run: () => showPlannedPictures(deps) },
    deps,
  );
}

/** A media process that is away is told again; one that begins asks for all of it by itself. */
async function tellMedia<K extends ControlName>(
  name: K,
  message: ControlMessage<K>,
  { media }: Pick<Deps, 'media'>,
): Promise<void> {
  const asked = await media.ask(name, message);
  if (!asked.ok) throw new DeliveryFailure('unreachable', `The media process was not told: ${asked.message}`);
}

/** Until what was told is what stands: another switch may have been told meanwhile, before this one. */
async function tellChosenSource(streamId: string, deps: Pick<Deps, 'media'>): Promise<void> {
  let told: PictureSource | null | undefined;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stream = await findStream(streamId);
    if (!stream) return;
    const source = chosenSource(stream);
    if (source === told) return;
    await tellMedia('select', { streamId, source }, deps);
    told = source;
  }
}
