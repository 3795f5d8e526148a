import { trusted } from 'mongoose';
import type { StagePicture } from '../contracts/stage-picture.ts';
import { listEventIdsEndingAfter } from '../events/event.queries.ts';
import { StreamModel, type Stream } from './stream.model.ts';
import { chosenSource, pictureOf } from './stream.rules.ts';

export type { Stream };

export async function listStreamsOfEvent(eventId: string): Promise<Stream[]> {
  return StreamModel.find({ eventId }).lean();
}

/** What each stage that was set up shows. */
export async function listPicturesOfRoom(eventId: string): Promise<StagePicture[]> {
  return (await listStreamsOfEvent(eventId)).map(pictureOf);
}

export async function findStreamOfStage(eventId: string, stageId: string | null): Promise<Stream | null> {
  return StreamModel.findOne({ eventId, stageId }).lean();
}

export async function findStream(streamId: string): Promise<Stream | null> {
  return StreamModel.findOne({ _id: streamId }).lean();
}

/** Which event each of these streams is of; a stream that is gone is missing. */
export async function listEventsOfStreams(streamIds: readonly string[]): Promise<Map<string, string>> {
  const found = await StreamModel.find({ _id: trusted({ $in: [...streamIds] }) }, { eventId: 1 }).lean();
  return new Map(found.map(({ _id, eventId }) => [_id, eventId]));
}

/** For a media process that has just begun: what every stage that may still be shown has on air. */
export async function listChosenSources(
  now: Date,
): Promise<{ streamId: string; source: 'encoder' | 'studio' | null }[]> {
  const eventIds = await listEventIdsEndingAfter(new Date(now.getTime() - 48 * 3_600_000));
  const streams = await StreamModel.find({ eventId: trusted({ $in: eventIds }) }, { shows: 1 }).lean();
  return streams.map((stream) => ({ streamId: stream._id, source: chosenSource(stream) }));
}
