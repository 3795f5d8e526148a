/** What has come over a connection so far (`inbound-rtp` of webrtc-stats, the picture). */
export interface Arrived {
  readonly packets: number;
  readonly lost: number;
  readonly pictures: number;
  /** ms, any clock. */
  readonly at: number;
}

const mostLost = 0.05;
const fewestPictures = 8;

/** Much was lost since, or a picture came only now and then. */
export function isWeakLine(before: Arrived, now: Arrived): boolean {
  const seconds = (now.at - before.at) / 1_000;
  if (seconds <= 0) return false;
  const lost = Math.max(0, now.lost - before.lost);
  const sent = now.packets - before.packets + lost;
  return lost > sent * mostLost || (now.pictures - before.pictures) / seconds < fewestPictures;
}
