/** Of one stream, between two instants (ms since 1970), over all its runs. */
export interface RecordedRange {
  readonly streamId: string;
  readonly from: number;
  readonly to: number;
}

/** What is kept of a range. Its addresses are relative to the replay's `<scope>/`. */
export interface Recording {
  /** Of all that overlaps the range, cut to it. */
  readonly durationMs: number;
  readonly bytes: number;
  /** False: the run is still going on before `to`, or pieces are missing. */
  readonly isWhole: boolean;
  /** Best first: `source`, `480p`, `360p`, `audio`. Empty: nothing is recorded. */
  readonly rungs: readonly string[];
  /** `main.m3u8` */
  multivariant(): string;
  /** `<rung>.m3u8`; null: no such rung. */
  playlist(rung: string): string | null;
  /** `<runId>/<rung>/{init-<n>.mp4,s<msn>.m4s}`, only where it overlaps the range. */
  object(runId: string, rung: string, name: string): Promise<Buffer | null>;
}

export interface Recordings {
  readRecording(range: RecordedRange): Promise<Recording>;
  /** Writes `<fileId>.mp4` and up to five `<fileId>-<n>.jpg`. Asking twice makes it once. null: nothing is recorded. */
  makeFile(
    range: RecordedRange,
    fileId: string,
  ): Promise<{ readonly bytes: number; readonly thumbnails: number } | null>;
  /** The path on disk of `<fileId>.mp4` or `<fileId>-<n>.jpg`; null: no name of ours. */
  pathOfFile(streamId: string, name: string): string | null;
  /** Deletes every segment that overlaps the range, and the files. */
  erase(range: RecordedRange, fileIds: readonly string[]): Promise<void>;
}

export interface RecordingOptions {
  readonly dataDirectory: string;
  /** Makes the thumbnails; null: there are none. */
  readonly ffmpegPath: string | null;
}
export type OpenRecordings = (options: RecordingOptions) => Recordings;
