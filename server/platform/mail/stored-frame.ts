import { model, Schema, trusted, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../database/model-options.ts';
import type { MailFrame } from './mail-frame.ts';

/** What many mails have in common, stored once. Its id is made of its content, so it never changes. */
const storedFrameSchema = new Schema(
  {
    _id: { type: String, required: true },
    html: { type: [String], required: true },
    text: { type: [String], required: true },
    ics: { type: [String], default: null },
    usedAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'mail-frames' },
);
storedFrameSchema.index({ usedAt: 1 });

type StoredFrame = InferSchemaType<typeof storedFrameSchema>;
export const StoredFrameModel = model('MailFrame', storedFrameSchema);

/** Call in the transaction that stores the mails which are made of it. */
export async function storeFrame({ id, html, text, ics }: MailFrame, at: Date): Promise<void> {
  await StoredFrameModel.updateOne(
    { _id: id },
    {
      $setOnInsert: { html: [...html], text: [...text], ics: ics && [...ics] },
      $max: { usedAt: at },
    },
    { upsert: true },
  );
}

const known = new Map<string, Promise<MailFrame>>();
const mostKnown = 100;

/** Throws when there is none: then nothing can say what the mail was. */
export function getFrame(id: string): Promise<MailFrame> {
  let reading = known.get(id);
  if (!reading) {
    reading = readFrame(id);
    if (known.size >= mostKnown) known.clear();
    known.set(id, reading);
    reading.catch(() => known.delete(id));
  }
  return reading;
}

async function readFrame(id: string): Promise<MailFrame> {
  const found = await StoredFrameModel.findOne({ _id: id }).lean<StoredFrame>();
  if (!found) throw new Error('The frame of this mail is not there');
  return { id, html: found.html, text: found.text, ics: found.ics ?? null };
}

/** Deletes what no mail was made of since. */
export async function forgetOldFrames(before: Date): Promise<void> {
  await StoredFrameModel.deleteMany({ usedAt: trusted({ $lt: before }) });
}
