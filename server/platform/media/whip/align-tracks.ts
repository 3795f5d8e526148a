import { ticksPerSecond, type AccessUnit } from '../access-unit.ts';
import { unwrap } from './rtp-packet.ts';

type Kind = AccessUnit['kind'];
/** Of the time between two pictures: too little to be seen as jerking. */
const mostSlew = 0.02;
/** Reports that differ more are of a sender whose clock is wrong. */
const mostApart = 2 * ticksPerSecond;
const clockRates = { video: 90_000, audio: 48_000 } as const;

export interface TrackClocks {
  /** Of a packet's RTP time that arrived at `now` (ms of a clock that only grows). */
  ticks(kind: Kind, timestamp: number, now: number): number;
  /** A sender report: this RTP time was at that moment (ms) of the sender's clock. */
  report(kind: Kind, timestamp: number, senderMs: number): void;
}

/**
 * Puts picture and sound on one clock: at first by when they arrive, then by the sender's reports (RFC 3550, section
 * 6.4.1). The picture is moved towards the sound by and by; sound that is moved clicks.
 */
export function alignTracks(): TrackClocks {
  const of = () => ({
    extend: unwrap(32),
    /** Ticks of our clock minus ticks of the track's. */
    offset: null as number | null,
    /** The same of the sender's clock. */
    reported: null as number | null,
    last: 0,
  });
  const tracks = { video: of(), audio: of() };

  const ownTicks = (kind: Kind, timestamp: number) =>
    (tracks[kind].extend(timestamp) * ticksPerSecond) / clockRates[kind];

  return {
    ticks(kind, timestamp, now) {
      const { video, audio } = tracks;
      const track = tracks[kind];
      const own = ownTicks(kind, timestamp);
      const offset = (track.offset ??= (now * ticksPerSecond) / 1_000 - own);
      if (kind === 'video' && audio.offset !== null && audio.reported !== null && video.reported !== null) {
        const away = audio.offset + video.reported - audio.reported - offset;
        const most = Math.max(0, own - track.last) * mostSlew;
        if (Math.abs(away) < mostApart) track.offset = offset + Math.min(most, Math.max(-most, away));
      }
      track.last = own;
      return Math.round(own + track.offset);
    },
    report(kind, timestamp, senderMs) {
      if (tracks[kind].offset === null) return;
      tracks[kind].reported = (senderMs * ticksPerSecond) / 1_000 - ownTicks(kind, timestamp);
    },
  };
}
