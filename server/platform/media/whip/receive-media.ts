import { randomInt } from 'node:crypto';
import type { PeerConnection, Track } from 'node-datachannel';
import type { AudioTrack } from '../access-unit.ts';
import type { OpenInput } from '../publishing.ts';
import { alignTracks } from './align-tracks.ts';
import { orderPackets, type PacketOrder } from './reorder-packets.ts';
import { receiveVideo } from './receive-video.ts';
import { isRtcp, readRtp, type RtpPacket } from './rtp-packet.ts';
import {
  askAgain,
  bitrateAfter,
  firstBitrate,
  mostBitrate,
  pictureLoss,
  readSenderReports,
  receiverReport,
} from './rtcp.ts';

const everyMs = 40;
const reportEveryMs = 1_000;
/** A little under a segment of two seconds, which then ends with its fourth part and not with a sliver of a fifth. */
const keyFrameEveryMs = 1_900;
/** A sender that is asked too often makes nothing but key frames. */
const keyFrameAtMostEveryMs = 500;

/** Two channels of 48 kHz, as RFC 7587 has it; the body of `dOps` (opus-codec.org/docs/opus_in_isobmff.html). */
const opus: AudioTrack = {
  kind: 'audio',
  codec: 'opus',
  codecString: 'opus',
  sampleRate: 48_000,
  channels: 2,
  description: Buffer.of(0, 2, 0, 0, 0, 0, 0xbb, 0x80, 0, 0, 0),
};

export interface MediaReceiver {
  /** A track that the peer connection opened. */
  attach(track: Track): void;
  requestKeyFrame(): void;
  /** ms since anything came, by `performance.now()`. */
  silentMs(): number;
  stop(): void;
}

interface Incoming {
  readonly track: Track;
  readonly order: PacketOrder;
  ssrc: number | null;
  lostInAll: number;
  report: { readonly middle: number; readonly at: number };
}

/** RTP and RTCP of one peer connection: packets in, access units out, and what the sender must hear from us. */
export function receiveMedia(input: OpenInput): MediaReceiver {
  const own = randomInt(1, 2 ** 32);
  const clocks = alignTracks();
  const incoming: Incoming[] = [];
  let bitrate = firstBitrate;
  let lastHeard = performance.now();
  let [lastReport, lastKeyFrameAsked] = [lastHeard, 0];

  const send = (to: Incoming, ...packets: Buffer[]) => {
    try {
      if (!to.track.isOpen()) return;
      // A compound packet begins with a report (RFC 3550, section 6.1).
      to.track.sendMessageBinary(Buffer.concat([receiverReport(own, []), ...packets]));
    } catch {
      // It closed meanwhile; the session hears of that by itself.
    }
  };
  const video = () => incoming.find(({ track }) => track.type() === 'video');

  const requestKeyFrame = (now = performance.now()) => {
    const to = video();
    if (!to || to.ssrc === null || now - lastKeyFrameAsked < keyFrameAtMostEveryMs) return;
    lastKeyFrameAsked = now;
    send(to, pictureLoss(own, to.ssrc));
  };

  function attach(track: Track): void {
    const kind = track.type() === 'video' ? 'video' : 'audio';
    if (incoming.some((other) => other.track.type() === track.type())) return track.close();
    const reader = kind === 'video' ? openVideo() : openAudio();
    const order = orderPackets({ patienceMs: kind === 'video' ? 200 : 120, ...reader });
    const one: Incoming = { track, order, ssrc: null, lostInAll: 0, report: { middle: 0, at: 0 } };
    incoming.push(one);
    track.onMessage((bytes) => {
      const now = performance.now();
      lastHeard = now;
      if (isRtcp(bytes)) return hearReports(bytes, now);
      const packet = readRtp(bytes);
      if (!packet) return input.dropped(1);
      one.ssrc ??= packet.ssrc;
      // Of another stream, such as one that only repeats packets.
      if (packet.ssrc === one.ssrc) order.push(packet, now);
    });
    track.onError(() => undefined);
  }

  function hearReports(bytes: Buffer, now: number) {
    for (const { ssrc, senderMs, timestamp, middle } of readSenderReports(bytes)) {
      const one = incoming.find((other) => other.ssrc === ssrc);
      if (!one || one.report.middle === middle) continue;
      one.report = { middle, at: now };
      clocks.report(one.track.type() === 'video' ? 'video' : 'audio', timestamp, senderMs);
    }
  }

  function openVideo() {
    const pictures = receiveVideo({
      sink: input,
      ticksOf: (timestamp) => clocks.ticks('video', timestamp, performance.now()),
      needsKeyFrame: () => requestKeyFrame(),
    });
    return { take: (packet: RtpPacket) => pictures.take(packet), lose: () => pictures.lose() };
  }

  function openAudio() {
    let isTold = false;
    return {
      take({ payload, timestamp }: RtpPacket) {
        if (payload.length === 0) return;
        if (!isTold) input.track(opus);
        isTold = true;
        const time = clocks.ticks('audio', timestamp, performance.now());
        input.unit({ kind: 'audio', dts: time, pts: time, isKey: true, data: Buffer.from(payload) });
      },
      lose: (packets: number) => input.dropped(packets),
    };
  }

  function reportAll(now: number) {
    for (const one of incoming) {
      if (one.ssrc === null) continue;
      const { expected, lost } = one.order.takeCounts();
      one.lostInAll += lost;
      const lossShare = expected > 0 ? lost / expected : 0;
      if (one === video()) bitrate = bitrateAfter(bitrate, lossShare);
      const { middle, at } = one.report;
      const { ssrc, lostInAll } = one;
      const highest = one.order.highest();
      const about = { ssrc, lossShare, lostInAll, highest, middle, sinceMs: now - at };
      send(one, receiverReport(own, [about]), mostBitrate(own, ssrc, bitrate));
    }
  }

  const timer = setInterval(() => {
    const now = performance.now();
    for (const one of incoming) {
      one.order.expire(now);
      const missing = one.order.missing(now);
      if (missing.length > 0 && one.ssrc !== null) send(one, askAgain(own, one.ssrc, missing));
    }
    if (now - lastReport >= reportEveryMs) {
      lastReport = now;
      reportAll(now);
    }
    if (now - lastKeyFrameAsked >= keyFrameEveryMs) requestKeyFrame(now);
  }, everyMs);
  timer.unref();

  return {
    attach,
    requestKeyFrame: () => requestKeyFrame(),
    silentMs: () => performance.now() - lastHeard,
    stop: () => clearInterval(timer),
  };
}

/** Closing twice, or while it is being set up, throws in some versions. */
export function closeQuietly(peer: PeerConnection): void {
  try {
    peer.close();
  } catch {
    // It was closed already.
  }
}
