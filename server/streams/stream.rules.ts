import {
  externalPicture,
  type ExternalPicture,
  type StagePicture,
  type StageShows,
} from '../contracts/stage-picture.ts';

/** What a stage will show, and from when. */
export interface Planned {
  readonly at: Date;
  readonly shows: StageShows;
}

const shownAs = {
  nothing: 'nothing',
  slate: 'slate',
  encoder: 'stream',
  studio: 'stream',
  external: 'external',
} as const satisfies Record<StageShows, StagePicture['shows']>;

/** Why a press of the switch changed nothing, for whoever pressed. */
export const refusedSwitch = {
  'switched-meanwhile':
    'Somebody else switched this stage a moment ago. See what it shows now, then switch again.',
  'no-player': 'No other player is set for this stage. Set its address first.',
} as const;

/** Which source the media process has on air; null: what comes in is kept from viewers. */
export const chosenSource = ({ shows }: { readonly shows: StageShows }): 'encoder' | 'studio' | null =>
  shows === 'encoder' || shows === 'studio' ? shows : null;

export const externalOf = (stream: { readonly external?: unknown }): ExternalPicture | null =>
  stream.external ? externalPicture.parse(stream.external) : null;

interface StoredPicture {
  readonly _id: string;
  readonly stageId?: string | null;
  readonly revision: number;
  readonly shows: StageShows;
  readonly slateText?: string | null;
  readonly external?: unknown;
  readonly runId?: string | null;
  readonly runStartedAt?: Date | null;
  readonly isReceiving: boolean;
}

/** What everybody may know of a stage: never a key, never what is planned. */
export const pictureOf = (stream: StoredPicture): StagePicture => ({
  stageId: stream.stageId ?? null,
  revision: stream.revision,
  shows: shownAs[stream.shows],
  slateText: stream.slateText ?? null,
  streamId: stream._id,
  source: chosenSource(stream),
  runId: stream.runId ?? null,
  isReceiving: stream.isReceiving,
  external: externalOf(stream),
  startedAt: stream.runStartedAt?.toISOString() ?? null,
});
