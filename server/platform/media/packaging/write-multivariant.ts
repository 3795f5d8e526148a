import type { RenditionInfo } from '../rendition.ts';

/** What a player chooses among: every rung with where its playlist is. Best first. */
export function writeMultivariant(
  rungs: readonly { readonly uri: string; readonly info: RenditionInfo }[],
  extra: readonly string[] = [],
): string {
  const lines = rungs.flatMap(({ uri, info }) => {
    const size = info.width && info.height ? `,RESOLUTION=${info.width}x${info.height}` : '';
    const rate = info.frameRate ? `,FRAME-RATE=${info.frameRate.toFixed(3)}` : '';
    return [
      `#EXT-X-STREAM-INF:BANDWIDTH=${info.peakBandwidth},AVERAGE-BANDWIDTH=${info.meanBandwidth},CODECS="${info.codecs}"${size}${rate}`,
      uri,
    ];
  });
  return ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-INDEPENDENT-SEGMENTS', ...extra, ...lines, ''].join('\n');
}
