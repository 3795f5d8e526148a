import { writeCuesToEdit, type Cue } from '../captions/web-vtt.rules.ts';
import type { FormState } from '../contracts/form-state.ts';
import { showDate } from '../platform/time/show-time.ts';
import {
  isOut,
  isWatchable,
  lengthInWords,
  lengthOfReplay,
  shownChapters,
  shownCues,
  showPosition,
  sizeInWords,
  type ToldReplay,
} from '../replays/replay.rules.ts';

export function stateInWords(
  { status, upload, erasedAt }: Pick<ToldReplay, 'status' | 'upload' | 'erasedAt'>,
  zone: string,
): string {
  if (upload) return 'Your own film is shown';
  switch (status) {
    case 'recording':
      return 'The session goes on: its end was undone';
    case 'ready':
      return 'Ready';
    case 'none':
      return erasedAt ? `Its recording was erased on ${showDate(erasedAt, zone)}` : 'Nothing was recorded';
  }
}

const audiences = { registered: 'People who registered', everyone: 'Everyone', hidden: 'Your organisation' };

export const shownToInWords = (replay: ToldReplay): string =>
  isOut(replay) ? audiences[replay.visibility] : replay.publishedAt ? audiences.hidden : 'Not published';

export const lengthToShow = (replay: ToldReplay): string =>
  isWatchable(replay) ? lengthInWords(lengthOfReplay(replay)) : '';

function fileNote({ upload, fileStatus, fileBytes, status }: ToldReplay): string {
  if (upload) return `Your own film, ${sizeInWords(upload.bytes)}.`;
  if (status !== 'ready') return 'There is no recording to make a file of.';
  switch (fileStatus) {
    case 'ready':
      return `MP4, ${sizeInWords(fileBytes)}.`;
    case 'failed':
      return 'The MP4 could not be made. Change the cut to try again, or upload a film.';
    case 'asked':
      return 'The MP4 is being made.';
    case 'none':
      return 'There is no MP4 yet.';
  }
}

/** What the page of one replay tells. */
export function consoleReplay(replay: ToldReplay, title: string, zone: string) {
  const hasFile = Boolean(replay.upload) || (replay.status === 'ready' && replay.fileStatus === 'ready');
  return {
    id: replay._id,
    title,
    length: lengthToShow(replay),
    state: stateInWords(replay, zone),
    isWatchable: isWatchable(replay),
    hasUpload: Boolean(replay.upload),
    hasOwnCaptions: Boolean(replay.cues),
    fileNote: fileNote(replay),
    downloadPath: hasFile ? `/replays/${replay._id}/download` : null,
  };
}

/** All forms of the page as they are stored. */
export function replayForm(replay: ToldReplay, cues: readonly Cue[]): FormState {
  const chapters = shownChapters(replay, replay.chapters);
  return {
    values: {
      visibility: replay.visibility,
      ...(replay.publishedAt && { published: 'yes' }),
      ...(replay.isDownloadable && { downloadable: 'yes' }),
      trimStart: showPosition(replay.trimStart),
      trimEnd: showPosition(replay.trimEnd),
      chapters: chapters
        .map(({ startsAt, title }) => `${showPosition(startsAt * 1_000)} ${title}`)
        .join('\n'),
      cues: writeCuesToEdit(shownCues(replay, cues)),
      revision: String(replay.revision),
    },
    errors: [],
  };
}
