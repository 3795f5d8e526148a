import type { ComponentChildren } from 'preact';

/**
 * The place of a second picture beside the main one, for an interpreter of British Sign Language. Nothing is there
 * until the stream brings one.
 */
export function InterpreterPicture({ children }: { children?: ComponentChildren }) {
  if (!children) return null;
  return (
    <section class="room-interpreter" aria-label="British Sign Language interpreter">
      {children}
    </section>
  );
}

/** The place of captions and the transcript, under the picture. Nothing is there until the stream brings them. */
export function CaptionsPlace({ children }: { children?: ComponentChildren }) {
  if (!children) return null;
  return (
    <section class="room-captions" aria-label="Captions and transcript">
      {children}
    </section>
  );
}
