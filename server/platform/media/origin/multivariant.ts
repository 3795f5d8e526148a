import type { Rendition, RenditionInfo } from '../rendition.ts';

/** The multivariant playlist of what is live, best rung first; null before the first picture. */
export function multivariantOf(renditions: readonly Rendition[], dvr: boolean): string | null {
  const described = renditions.flatMap((rendition) => {
    const info = rendition.describe();
    return info ? [{ name: rendition.name, info }] : [];
  });
  if (described.length === 0) return null;
  const lines = described.flatMap(({ name, info }) => [
    `#EXT-X-STREAM-INF:${attributesOf(info)}`,
    `${name}/live.m3u8${dvr ? '?dvr=1' : ''}`,
  ]);
  return ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-INDEPENDENT-SEGMENTS', ...lines, ''].join('\n');
}

const attributesOf = (info: RenditionInfo) =>
  [
    `BANDWIDTH=${Math.max(1, Math.ceil(info.peakBandwidth))}`,
    `AVERAGE-BANDWIDTH=${Math.max(1, Math.ceil(info.meanBandwidth))}`,
    `CODECS="${info.codecs}"`,
    ...(info.width && info.height ? [`RESOLUTION=${info.width}x${info.height}`] : []),
    ...(info.frameRate ? [`FRAME-RATE=${info.frameRate.toFixed(3)}`] : []),
  ].join(',');
