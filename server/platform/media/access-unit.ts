/** Ticks per second of every time in this folder: what MPEG uses, and what divides by 24, 25, 30, 50 and 60. */
export const ticksPerSecond = 90_000;

export interface VideoTrack {
  readonly kind: 'video';
  readonly codec: 'h264';
  /** RFC 6381, for example `avc1.64001f`. */
  readonly codecString: string;
  readonly width: number;
  readonly height: number;
  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15): the body of an `avcC` box. */
  readonly description: Buffer;
}

export interface AudioTrack {
  readonly kind: 'audio';
  readonly codec: 'aac' | 'opus';
  /** RFC 6381: `mp4a.40.2` or `opus`. */
  readonly codecString: string;
  /** Hz, as played back. */
  readonly sampleRate: number;
  readonly channels: number;
  /** AudioSpecificConfig (ISO/IEC 14496-3) of AAC; the body of a `dOps` box of Opus. */
  readonly description: Buffer;
}

export type MediaTrack = VideoTrack | AudioTrack;

/** One coded picture, or one coded frame of sound. Both times are ticks on one clock of the input's own choice. */
export interface AccessUnit {
  readonly kind: MediaTrack['kind'];
  readonly dts: number;
  readonly pts: number;
  /** Decodable on its own; always true of sound. */
  readonly isKey: boolean;
  /** H.264: NAL units, each after its length in four bytes. AAC: without ADTS. Opus: one packet. */
  readonly data: Buffer;
}

/** What reads access units. Neither call may throw or wait: who publishes is never held up. */
export interface UnitSink {
  /** Before the first unit of a track, and whenever it changes. */
  track(track: MediaTrack): void;
  unit(unit: AccessUnit): void;
}
