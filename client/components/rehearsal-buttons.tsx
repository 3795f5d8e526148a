import { PostButton } from './form-page.tsx';

interface RehearsalButtonsProps {
  /** `/console/events/<id>` of the event itself. */
  readonly path: string;
  readonly isRehearsal: boolean;
  /** True while a rehearsal of this event runs. */
  readonly isRunning: boolean;
}

/** Below the run of show, for who directs it. */
export function RehearsalButtons({ path, isRehearsal, isRunning }: RehearsalButtonsProps) {
  return (
    <section class="show-address" aria-labelledby="rehearsal-title">
      <h2 id="rehearsal-title">Rehearsal</h2>
      {isRehearsal ? (
        <>
          <p class="hint">Ending it deletes everything that was said and done in it.</p>
          <PostButton action={`${path}/rehearsal/end`} text="End the rehearsal" look="line" />
        </>
      ) : (
        <>
          <p class="hint">
            A copy of the whole day for your team and speakers, with the first session in five minutes. Nobody
            else sees it, and nobody is written to.
          </p>
          <PostButton
            action={`${path}/rehearsal`}
            text={isRunning ? 'Back to the rehearsal' : 'Start a rehearsal'}
            look="line"
          />
        </>
      )}
    </section>
  );
}
