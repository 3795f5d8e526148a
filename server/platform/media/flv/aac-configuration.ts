import type { AudioTrack } from '../access-unit.ts';
import { BitReader } from '../h264/bit-reader.ts';

/** Hz by `samplingFrequencyIndex` (ISO/IEC 14496-3, table 1.18). */
const sampleRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];
/** Loudspeakers by `channelConfiguration`; 0 would be told inside the stream, which browsers do not read. */
const channelCounts = [0, 1, 2, 3, 4, 5, 6, 8];
/** Audio object types: AAC-LC, and HE-AAC in both versions, which are AAC-LC with something on top. */
const lowComplexity = 2;
const spectralBands = 5;
const parametricStereo = 29;

export interface AacConfiguration {
  readonly track: AudioTrack;
  /** Seconds that one frame lasts. */
  readonly frameSeconds: number;
}

/** Reads an AudioSpecificConfig. null: broken, or a kind of AAC that browsers do not play. */
export function readAacConfiguration(description: Buffer): AacConfiguration | null {
  if (description.length < 2 || description.length > 256) return null;
  try {
    return read(description);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** An AudioSpecificConfig of AAC-LC. null: no such sample rate or number of channels. */
export function buildAacConfiguration(sampleRate: number, channels: number): Buffer | null {
  const rateIndex = sampleRates.indexOf(sampleRate);
  const channelIndex = channelCounts.indexOf(channels);
  if (rateIndex < 0 || channelIndex < 1) return null;
  const bits = (lowComplexity << 11) | (rateIndex << 7) | (channelIndex << 3);
  return Buffer.of(bits >> 8, bits & 0xff);
}

function read(description: Buffer): AacConfiguration | null {
  const bits = new BitReader(description);
  const objectType = readObjectType(bits);
  const coreRate = readRate(bits);
  const channels = channelCounts[bits.bits(4)] ?? 0;
  let sampleRate = coreRate;
  let coreType = objectType;
  if (objectType === spectralBands || objectType === parametricStereo) {
    sampleRate = readRate(bits);
    coreType = readObjectType(bits);
  }
  if (coreType !== lowComplexity || channels === 0) return null;
  if (coreRate < 7_000 || coreRate > 96_000 || sampleRate < coreRate || sampleRate > 96_000) return null;
  const isShort = bits.bit() === 1;
  return {
    track: {
      kind: 'audio',
      codec: 'aac',
      codecString: `mp4a.40.${objectType}`,
      sampleRate,
      channels: objectType === parametricStereo ? 2 : channels,
      description,
    },
    frameSeconds: (isShort ? 960 : 1_024) / coreRate,
  };
}

const readObjectType = (bits: BitReader): number => {
  const type = bits.bits(5);
  return type === 31 ? 32 + bits.bits(6) : type;
};

const readRate = (bits: BitReader): number => {
  const index = bits.bits(4);
  return index === 15 ? bits.bits(24) : (sampleRates[index] ?? 0);
};
