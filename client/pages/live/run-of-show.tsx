import type { ComponentProps } from 'preact';
import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { createShowStore, type ShowStart } from '../../islands/run-of-show/run-of-show.store.ts';
import { RunOfShow } from '../../islands/run-of-show/run-of-show.tsx';
import { createKeys } from '../../islands/run-of-show/show-keys.ts';
import { RehearsalButtons } from '../../components/rehearsal-buttons.tsx';
import { RehearsalNotice } from '../../components/rehearsal-notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface RunOfShowPageProps extends ShowStart {
  readonly event: ConsoleEvent;
  /** Address for the video mixer; null for who may not moderate. */
  readonly stageViewUrl: string | null;
  /** Null where nobody waits for an urgent message, or this member may not send one. */
  readonly urgentPath: string | null;
  /** For who may start and end rehearsals. */
  readonly rehearsal: ComponentProps<typeof RehearsalButtons> | null;
}

export function RunOfShowPage({ event, stageViewUrl, urgentPath, rehearsal, ...start }: RunOfShowPageProps) {
  const store = createShowStore(start, { send: () => false, newId: () => '' });
  return (
    <ConsoleLayout
      title="Run of show"
      section="live"
      event={event}
      page="show-page"
      actions={
        urgentPath && (
          <a class="button line" href={urgentPath}>
            Send everyone an urgent message
          </a>
        )
      }
    >
      {start.snapshot.event.isRehearsal && <RehearsalNotice />}
      {start.audience === 'moderators' && (
        <noscript>
          <p class="hint">
            Without script this page shows how it stands. The timeline and announcements work; for moderating,
            switch script on.
          </p>
        </noscript>
      )}
      <div data-island="run-of-show" data-props={JSON.stringify(start)}>
        <RunOfShow store={store} start={start} keys={createKeys()} />
      </div>
      {stageViewUrl && <StageViewAddress url={stageViewUrl} path={start.path} stageId={start.stageId} />}
      {rehearsal && <RehearsalButtons {...rehearsal} />}
    </ConsoleLayout>
  );
}

/** Outside the island: it changes only by this form, and works without script. */
function StageViewAddress({ url, path, stageId }: { url: string; path: string; stageId: string | null }) {
  return (
    <section class="show-address" aria-labelledby="stage-view-title">
      <h2 id="stage-view-title">Stage view for the video mixer</h2>
      <p class="hint">
        Open this address in the mixer. It shows the question or poll that you put on the stage view, and
        needs no sign-in: share it only with who runs the picture. Add ?background=dark, transparent or green
        for another ground.
      </p>
      <p class="copy-line">
        <code id="stage-view-address">{url}</code>
        <button
          class="button line small"
          type="button"
          data-enhance="copy"
          data-copies="stage-view-address"
          hidden
        >
          Copy
        </button>
      </p>
      <form method="post" action={`${path}/run-of-show/stage-view-address`}>
        {stageId && <input type="hidden" name="stage" value={stageId} />}
        <button class="button line small" type="submit">
          New address
        </button>{' '}
        <span class="hint">The old one stops working at once.</span>
      </form>
    </section>
  );
}
