import type { SaidCaption } from '../../../server/contracts/caption.ts';
import { CaptionsPlace } from './picture-places.tsx';
import { timeOfDay } from './live-words.ts';

/**
 * What was captioned, to read at one's own pace; never spoken by itself, as it would drown the speaker. Nothing before
 * the first line.
 */
export function CaptionsPanel({ captions, zone }: { captions: readonly SaidCaption[]; zone: string }) {
  if (captions.length === 0) return null;
  return (
    <CaptionsPlace>
      <details>
        <summary>Transcript of the captions</summary>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so a keyboard must come to it */}
        <div class="room-transcript" role="log" aria-live="off" aria-label="Transcript" tabIndex={0}>
          {captions.map(({ id, from, text }) => (
            <p key={id}>
              <time dateTime={from}>{timeOfDay(from, zone)}</time> {text}
            </p>
          ))}
        </div>
      </details>
    </CaptionsPlace>
  );
}
