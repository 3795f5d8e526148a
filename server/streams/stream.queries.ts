import type { StagePicture } from '../contracts/stage-picture.ts';
import { StreamModel, type Stream } from './stream.model.ts';
import { pictureOf } from './stream.rules.ts';

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
