import { BitReader, withoutEmulation } from './bit-reader.ts';
import { nalType, nalTypes } from './nal-units.ts';

export interface SequenceParameters {
  readonly profile: number;
  /** The byte of constraint flags between profile and level. */
  readonly constraints: number;
  /** Ten times the level: 31 is 3.1. */
  readonly level: number;
  /** Pixels as shown, after cropping. */
  readonly width: number;
  readonly height: number;
  /** 1 is 4:2:0, the only one that browsers play. */
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
}

/** Profiles whose parameters tell chroma format and bit depth (ITU-T H.264, 7.3.2.1.1). */
const tellsChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Reads a sequence parameter set, NAL header included. null: it is none, or is broken, or has an absurd size. */
export function readSps(nal: Buffer): SequenceParameters | null {
  if (nal.length < 4 || nal.length > 4_096 || nalType(nal) !== nalTypes.sps) return null;
  try {
    return read(withoutEmulation(nal));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function read(nal: Buffer): SequenceParameters | null {
  const [, profile = 0, constraints = 0, level = 0] = nal;
  const bits = new BitReader(nal.subarray(4));
  bits.unsigned(); // seq_parameter_set_id
  const chroma = tellsChroma.has(profile)
    ? readChroma(bits)
    : { chromaFormat: 1, isSeparate: false, bitDepthLuma: 8, bitDepthChroma: 8 };
  bits.unsigned(); // log2_max_frame_num_minus4
  skipPictureOrder(bits);
  bits.unsigned(); // max_num_ref_frames
  bits.bit(); // gaps_in_frame_num_value_allowed_flag
  const widthInBlocks = bits.unsigned() + 1;
  const heightInUnits = bits.unsigned() + 1;
  const isProgressive = bits.bit();
  if (!isProgressive) bits.bit(); // mb_adaptive_frame_field_flag
  bits.bit(); // direct_8x8_inference_flag
  const crop = bits.bit()
    ? [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()]
    : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const { chromaFormat, isSeparate, bitDepthLuma, bitDepthChroma } = chroma;
  const fieldFactor = isProgressive ? 1 : 2;
  const isSubsampled = !isSeparate && chromaFormat > 0;
  const cropX = isSubsampled && chromaFormat < 3 ? 2 : 1;
  const cropY = (isSubsampled && chromaFormat < 2 ? 2 : 1) * fieldFactor;
  const width = widthInBlocks * 16 - (left + right) * cropX;
  const height = heightInUnits * 16 * fieldFactor - (top + bottom) * cropY;
  if (width < 2 || height < 2 || width > 16_384 || height > 16_384) return null;
  return { profile, constraints, level, width, height, chromaFormat, bitDepthLuma, bitDepthChroma };
}

function readChroma(bits: BitReader) {
  const chromaFormat = bits.unsigned();
  const isSeparate = chromaFormat === 3 && bits.bit() === 1;
  const bitDepthLuma = 8 + bits.unsigned();
  const bitDepthChroma = 8 + bits.unsigned();
  if (chromaFormat > 3 || bitDepthLuma > 14 || bitDepthChroma > 14) throw new RangeError('No such format');
  bits.bit(); // qpprime_y_zero_transform_bypass_flag
  if (bits.bit())
    for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list += 1)
      if (bits.bit()) skipScalingList(bits, list < 6 ? 16 : 64);
  return { chromaFormat, isSeparate, bitDepthLuma, bitDepthChroma };
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let n = 0; n < size && next !== 0; n += 1) {
    next = (last + bits.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.unsigned();
  if (type === 0) bits.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
  if (type !== 1) return;
  bits.bit();
  bits.signed();
  bits.signed();
  const cycle = bits.unsigned();
  if (cycle > 255) throw new RangeError('Cycle too long');
  for (let n = 0; n < cycle; n += 1) bits.signed();
}
