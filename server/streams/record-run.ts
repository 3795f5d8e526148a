import type { MediaMessage } from '../contracts/media-control.ts';
import type { Deps } from '../deps.ts';
import { changePicture } from './change-picture.ts';
import { StreamModel, type Stream } from './stream.model.ts';
import { StreamRunModel } from './stream-run.model.ts';

/**
 * What the media process tells of a run, once however often it tells. What comes late, of a run that another one has
 * followed, is kept and changes nothing that is shown.
 */
export async function recordRun(message: MediaMessage<'run'>, deps: Deps): Promise<void> {
  const { streamId, runId: _id, state } = message;
  const [at, startedAt] = [new Date(message.at), new Date(message.startedAt)];
  await deps.transaction(async () => {
    const stream = await StreamModel.findOne({ _id: streamId }).lean();
    if (!stream) return;
    const known = await StreamRunModel.findOne({ _id }).lean();
    if (known && (known.streamId !== streamId || known.state === 'ended' || known.at > at)) return;
    if (known?.state === state && known.at >= at) return;
    const { eventId, organiserId } = stream;
    await StreamRunModel.updateOne(
      { _id },
      { $set: { state, at }, $setOnInsert: { streamId, eventId, organiserId, startedAt } },
      { upsert: true },
    );
    const change = changeOf(stream, { runId: _id, state, startedAt });
    if (change) await changePicture(stream, change, deps.clock.now());
  });
}

function changeOf(
  stream: Stream,
  run: { readonly runId: string; readonly state: MediaMessage<'run'>['state']; readonly startedAt: Date },
): Partial<Pick<Stream, 'runId' | 'runStartedAt' | 'isReceiving'>> | null {
  const { runId, state, startedAt } = run;
  const isShown = stream.runId === runId;
  switch (state) {
    case 'started':
    case 'resumed':
      if (isShown && stream.isReceiving) return null;
      if (!isShown && stream.runStartedAt && stream.runStartedAt > startedAt) return null;
      return { runId, runStartedAt: startedAt, isReceiving: true };
    case 'lost':
      return isShown && stream.isReceiving ? { isReceiving: false } : null;
    case 'ended':
      return isShown ? { runId: null, runStartedAt: null, isReceiving: false } : null;
  }
}
