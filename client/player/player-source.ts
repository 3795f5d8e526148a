import type { WatchPath } from './watch-path.ts';

/** One picture to open. A new `id` is another picture: what was open is closed. */
export interface PlayerSource {
  readonly id: string;
  readonly isLive: boolean;
  /** An HTTP live stream (HLS); else a file that the browser plays by itself. */
  readonly isHls: boolean;
  /** Holds the path that `file` lies under, and keeps it fresh; null: `file` is the whole address. */
  readonly watch: WatchPath | null;
  readonly file: string;
  /** ms since 1970: how far back a live picture can go; null where nobody knows. */
  readonly startedAt: number | null;
}

/** What the browser does for the store, once there is a video. */
export interface PlayerDevice {
  play(): void;
  pause(): void;
  /** Seconds of the media's own time. */
  seek(seconds: number): void;
  /** Seconds before the live edge; 0 is the edge. */
  seekBehind(seconds: number): void;
  /** null: by the speed of the line. */
  setQuality(id: number | null): void;
  setSound(volume: number, isMuted: boolean): void;
  setRate(rate: number): void;
  toggleFullScreen(): void;
  togglePictureInPicture(): void;
  /** Opens the picture anew. */
  reopen(): void;
  /** Lets go of keys and full screen. */
  leave(): void;
}

/** What a player noticed since its last report. */
export interface PlayerReport {
  readonly stalls: number;
  /** ms behind the camera; null while the viewer is not at the live edge. */
  readonly latencyMs: number | null;
}

/** One caption of a live picture, in ms since 1970 by the encoder's clock. */
export interface LiveCaption {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What the browser remembers of one's choices. */
export interface PlayerChoices {
  readonly volume: number;
  readonly isMuted: boolean;
  readonly areCaptionsOn: boolean;
  readonly captionSize: CaptionSize;
  readonly rate: number;
}

export const captionSizes = ['small', 'medium', 'large', 'huge'] as const;
export type CaptionSize = (typeof captionSizes)[number];

export const firstChoices: PlayerChoices = {
  volume: 1,
  isMuted: false,
  areCaptionsOn: false,
  captionSize: 'medium',
  rate: 1,
};
