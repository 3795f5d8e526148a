import type { UnitSink } from '../access-unit.ts';
import { describeVideo, readDecoderConfiguration } from '../h264/decoder-configuration.ts';
import { isKeyFrame, joinLengthPrefixed, nalType, nalTypes, splitLengthPrefixed } from '../h264/nal-units.ts';
import { readAacConfiguration, type AacConfiguration } from './aac-configuration.ts';
import { type FlvTag, tagTypes } from './flv-tag.ts';
import { PublishFault } from './publish-fault.ts';
import { readAudioHeader, readVideoHeader } from './tag-header.ts';
import { openTickClock, refineSound } from './tick-clock.ts';

export interface TagSink extends UnitSink {
  /** Units that came but could not be used. */
  dropped(units: number): void;
}

interface VideoState {
  readonly lengthSize: number;
  readonly sps: readonly Buffer[];
  readonly pps: readonly Buffer[];
}

/** Makes tracks and units of audio and video tags. Throws a PublishFault when their codec cannot be taken. */
export function readMediaTags(sink: TagSink): (tag: FlvTag) => void {
  const clock = openTickClock();
  const sound = refineSound();
  let video: VideoState | null = null;
  let audio: AacConfiguration | null = null;

  const configureVideo = (record: Buffer) => {
    const found = readDecoderConfiguration(record);
    if (!found) throw new PublishFault('The H.264 configuration is broken.');
    announce(found);
  };
  const announce = (next: VideoState) => {
    if (video && video.lengthSize === next.lengthSize && isSame(video, next)) return;
    const kept = { lengthSize: next.lengthSize, sps: next.sps.map(copyOf), pps: next.pps.map(copyOf) };
    const track = describeVideo(kept.sps, kept.pps);
    if (!track)
      throw new PublishFault(
        'Only H.264 with 8 bits and 4:2:0 colours can be taken. Choose the profile "main" or "high".',
      );
    if (!video || !isSame(video, next)) sink.track(track);
    video = kept;
  };

  const takePicture = (ticks: number, compositionMs: number, payload: Buffer) => {
    const nals = video && splitLengthPrefixed(payload, video.lengthSize);
    if (!video || !nals?.some(isSlice)) return sink.dropped(1);
    const sps = nals.filter((nal) => nalType(nal) === nalTypes.sps);
    const pps = nals.filter((nal) => nalType(nal) === nalTypes.pps);
    if (sps.length && pps.length) announce({ lengthSize: video.lengthSize, sps, pps });
    const known = [...video.sps, ...video.pps];
    const kept = nals.filter((nal) => !isLeftOut(nal) && !known.some((set) => set.equals(nal)));
    sink.unit({
      kind: 'video',
      dts: ticks,
      pts: ticks + compositionMs * 90,
      isKey: isKeyFrame(kept),
      data: joinLengthPrefixed(kept),
    });
  };

  const configureAudio = (description: Buffer) => {
    if (audio?.track.description.equals(description)) return;
    audio = readAacConfiguration(copyOf(description));
    if (!audio) throw new PublishFault('This kind of AAC cannot be taken. Choose AAC-LC, mono or stereo.');
    sound.forget();
    sink.track(audio.track);
  };
  const takeSound = (ticks: number, data: Buffer) => {
    if (!audio || data.length === 0) return sink.dropped(1);
    const dts = sound.frame(ticks, audio.frameSeconds);
    sink.unit({ kind: 'audio', dts, pts: dts, isKey: true, data });
  };

  return ({ type, timestamp, body }) => {
    if (type !== tagTypes.video && type !== tagTypes.audio) return;
    const isVideo = type === tagTypes.video;
    const { holds, compositionMs, payload } = (isVideo ? readVideoHeader : readAudioHeader)(body);
    if (holds === 'configuration') {
      // Some encoders begin with an empty one.
      if (payload.length) (isVideo ? configureVideo : configureAudio)(payload);
    } else if (holds === 'frame') {
      const ticks = clock(timestamp);
      if (isVideo) takePicture(ticks, compositionMs, payload);
      else takeSound(ticks, payload);
    }
  };
}

const isSlice = (nal: Buffer) => nalType(nal) >= nalTypes.slice && nalType(nal) <= nalTypes.idr;
/** Delimiters mean nothing between lengths, and filler is what an encoder wastes to keep its bit rate. */
const isLeftOut = (nal: Buffer) => nalType(nal) === nalTypes.delimiter || nalType(nal) === nalTypes.filler;
/** A set outlives the large message that it came in. */
const copyOf = (bytes: Buffer) => Buffer.from(bytes);
const isSame = (one: VideoState, other: VideoState) =>
  one.sps.length === other.sps.length &&
  one.pps.length === other.pps.length &&
  [...one.sps, ...one.pps].every((set, at) =>
    set.equals([...other.sps, ...other.pps][at] ?? Buffer.alloc(0)),
  );
