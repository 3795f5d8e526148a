import { ticksPerSecond, type AccessUnit, type UnitSink } from '../access-unit.ts';
import { isKeyFrame, joinLengthPrefixed, nalType, nalTypes, splitLengthPrefixed } from '../h264/nal-units.ts';
import { readFragment, type Sample } from './read-fragment.ts';
import { readInit, type RecordedTrack } from './read-init.ts';
import { RecordingFault, splitBoxes, type WholeBox } from './split-boxes.ts';

const leftOut = new Set<number>([nalTypes.sps, nalTypes.pps, nalTypes.delimiter, nalTypes.filler]);

/**
 * Reads what a browser's MediaRecorder writes as `video/mp4`: a head, then fragments, in slices cut anywhere. Throws a
 * RecordingFault for what is none. A second head, of a recorder that was started again, begins the tracks anew.
 */
export function demuxRecording(sink: UnitSink & { dropped(units: number): void }): (bytes: Buffer) => void {
  let tracks: readonly RecordedTrack[] = [];
  let fragment: { readonly samples: readonly Sample[]; readonly length: number } | null = null;

  const take = ({ type, body, length }: WholeBox) => {
    if (type === 'moov') {
      tracks = readInit(body);
      for (const { media } of tracks) sink.track(media);
    } else if (type === 'moof') {
      if (tracks.length === 0)
        throw new RecordingFault('The recording begins in its middle: its head is missing.');
      fragment = { samples: readFragment(body, tracks), length };
    } else if (type === 'mdat' && fragment) {
      const { samples, length: before } = fragment;
      fragment = null;
      emit(samples, body, before + 8);
    }
  };

  /** `offset`: of the first byte of `data`, counted from the beginning of the fragment. */
  function emit(samples: readonly Sample[], data: Buffer, offset: number) {
    // Samples that share their bytes would make gigabytes of a few megabytes.
    let left = data.length;
    const units = samples.map((sample) => ((left -= sample.size) < 0 ? null : toUnit(sample, data, offset)));
    // Picture and sound stand one after the other in a fragment, and are wanted as time passes.
    for (const unit of units.sort((one, other) => (one?.dts ?? 0) - (other?.dts ?? 0)))
      if (unit) sink.unit(unit);
      else sink.dropped(1);
  }

  return splitBoxes(take);
}

function toUnit(sample: Sample, data: Buffer, offset: number): AccessUnit | null {
  const { track, decodeTime, compositionOffset, size } = sample;
  const start = sample.start - offset;
  if (start < 0 || size === 0 || start + size > data.length) return null;
  const ticks = (time: number) => Math.round((time * ticksPerSecond) / track.timescale);
  const bytes = data.subarray(start, start + size);
  const times = { dts: ticks(decodeTime), pts: ticks(decodeTime + compositionOffset) };
  if (track.media.kind === 'audio') return { kind: 'audio', ...times, isKey: true, data: Buffer.from(bytes) };
  const nals = splitLengthPrefixed(bytes, track.lengthSize)?.filter((nal) => !leftOut.has(nalType(nal)));
  if (!nals || nals.length === 0) return null;
  return { kind: 'video', ...times, isKey: isKeyFrame(nals), data: joinLengthPrefixed(nals) };
}
