/** One rung of one run: what the packager offers and the origin serves. Names are the last part of a URL. */
export interface Rendition {
  /** `source`, `480p`, `360p`, `audio`. */
  readonly name: string;
  /** Of the pictures so far; null before the first key frame. */
  describe(): RenditionInfo | null;
  /**
   * The text of the live playlist as of now (draft-pantos-hls-rfc8216bis). `skip`: a delta update where it may be
   * one; `dvr`: everything that is kept, not only the last segments.
   */
  playlist(view: { readonly skip: boolean; readonly dvr: boolean }): string;
  /**
   * Resolves once the playlist holds this part (null: the whole segment), the run has ended, or the encoder is known
   * to be away: then at once. `too-far` is more than two segments ahead of what is there; `late` also after twelve
   * seconds, so that nobody need count them.
   */
  whenPublished(msn: number, part: number | null): Promise<'published' | 'late' | 'too-far'>;
  /** Bytes of `init-<n>.mp4`, `s<msn>.m4s` or `s<msn>.p<part>.m4s`. A hinted part is waited for; null: no such object. */
  object(name: string): Promise<Buffer | null>;
}

export interface RenditionInfo {
  /** Bits per second: the highest of a segment, and the mean of all. */
  readonly peakBandwidth: number;
  readonly meanBandwidth: number;
  /** RFC 6381, comma-separated. */
  readonly codecs: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly frameRate: number | null;
}
