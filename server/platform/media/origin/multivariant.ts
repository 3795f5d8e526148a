import { writeMultivariant } from '../packaging/write-multivariant.ts';
import type { Rendition } from '../rendition.ts';

/** The multivariant playlist of what is live, best rung first; null before the first picture. */
export function multivariantOf(renditions: readonly Rendition[], dvr: boolean): string | null {
  const rungs = renditions.flatMap((rendition) => {
    const info = rendition.describe();
    if (!info) return [];
    const whole = {
      peakBandwidth: Math.max(1, Math.ceil(info.peakBandwidth)),
      meanBandwidth: Math.max(1, Math.ceil(info.meanBandwidth)),
    };
    return [{ uri: `${rendition.name}/live.m3u8${dvr ? '?dvr=1' : ''}`, info: { ...info, ...whole } }];
  });
  const [source] = rungs;
  // Beside a source that is sound alone, sound alone is the same once more, and who listens to it misses the camera's coming.
  const offered = rungs.filter(
    (rung) => rung === source || source?.info.width || rung.info.codecs !== source?.info.codecs,
  );
  return source ? writeMultivariant(offered) : null;
}
