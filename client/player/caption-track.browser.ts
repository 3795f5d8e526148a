import { effect } from '@preact/signals';
import type { LiveCaption } from './player-source.ts';
import type { PlayerStore } from './player.store.ts';

const liveLabel = 'Live captions';
const readLettersPerSecond = 15;

/**
 * Puts captions where the player draws them: those of a file, and live ones by their programme time. The browser's own
 * drawing stays off, as it would lie under our controls and knows no sizes.
 */
export function followCaptions(
  video: HTMLVideoElement,
  player: PlayerStore,
  /** ms since 1970 at second 0 of the video; null while nobody knows. */
  zero: () => number | null,
  /** `settle`: a file's times begin so much later in the video. */
): { settle(offset: number): void; stop(): void } {
  const isCaptions = ({ kind }: TextTrack) => kind === 'captions' || kind === 'subtitles';
  const ofFile = [...video.textTracks].find((track) => isCaptions(track) && track.label !== liveLabel);
  const track =
    ofFile ??
    [...video.textTracks].find(({ label }) => label === liveLabel) ??
    video.addTextTrack('captions', liveLabel, 'en');
  track.mode = 'hidden';
  const show = () => {
    const cues = [...(track.activeCues ?? [])] as VTTCue[];
    player.captionLines.value = cues.map(({ text }) => plainText(text));
  };
  track.addEventListener('cuechange', show);
  player.hasCaptions.value = ofFile !== undefined;

  const known = new Set<string>();
  const stopSaid = effect(() => {
    const said = player.said.value;
    if (said.length > 0) player.hasCaptions.value = true;
    for (const caption of said) {
      if (known.has(caption.id)) continue;
      known.add(caption.id);
      add(caption);
    }
  });
  function add({ from, to, text }: LiveCaption) {
    const start = zero();
    const now = video.currentTime;
    const [begins, ends] = start === null ? [now, now] : [(from - start) / 1_000, (to - start) / 1_000];
    if (ends > begins && ends > 0) track.addCue(new VTTCue(Math.max(0, begins), ends, text));
    // Typed after it was said, and the picture is close behind: shown now, or nobody would see it.
    if (ends < now + 0.5 && player.isFollowing.peek())
      track.addCue(new VTTCue(now, now + Math.min(6, Math.max(2, text.length / readLettersPerSecond)), text));
  }
  // An iPhone's full screen shows the video alone.
  const enter = () => void (track.mode = player.choices.peek().areCaptionsOn ? 'showing' : 'hidden');
  const leave = () => void (track.mode = 'hidden');
  video.addEventListener('webkitbeginfullscreen', enter);
  video.addEventListener('webkitendfullscreen', leave);
  let isSettled = false;
  return {
    settle(offset) {
      if (isSettled || !ofFile?.cues?.length) return;
      isSettled = true;
      for (const cue of ofFile.cues) {
        cue.startTime += offset;
        cue.endTime += offset;
      }
    },
    stop,
  };
  function stop() {
    stopSaid();
    track.removeEventListener('cuechange', show);
    video.removeEventListener('webkitbeginfullscreen', enter);
    video.removeEventListener('webkitendfullscreen', leave);
    for (const cue of ofFile ? [] : [...(track.cues ?? [])]) track.removeCue(cue);
    player.captionLines.value = [];
  }
}

/** WebVTT's own marks are not for reading. */
const plainText = (text: string): string => text.replace(/<[^>]*>/g, '').trim();
