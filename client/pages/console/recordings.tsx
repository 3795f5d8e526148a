import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextField } from '../../components/field.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface RecordingRow {
  /** "17 November 2026, 11:14 to 11:58" */
  readonly when: string;
  readonly stage: string;
  /** "44 min, 1.2 GB" */
  readonly size: string;
  /** Titles of sessions whose replays show it. */
  readonly usedBy: readonly string[];
  /** Why it cannot be erased now; null: it can. */
  readonly obstacle: string | null;
  readonly erasePath: string;
}

export interface RecordingsPageProps {
  event: ConsoleEvent;
  rows: readonly RecordingRow[];
  hasStages: boolean;
  /** Fields: days. */
  form: FormState;
  notice: string | null;
}

/** What lies on the disk of an event's stages, cut where replays begin and end. */
export function RecordingsPage({ event, rows, hasStages, form, notice }: RecordingsPageProps) {
  return (
    <ConsoleLayout title="Recordings" section="replays" event={event} note="What replays are made from">
      <div class="form-col">
        <ErrorSummary form={form} />
        {notice && <Notice kind="good">{notice}</Notice>}
      </div>
      {rows.length === 0 ? (
        <p class="empty">Nothing is recorded. What comes in while a stage shows it is kept here.</p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">When</th>
              {hasStages && <th scope="col">Stage</th>}
              <th scope="col">How much</th>
              <th scope="col">Used by</th>
              <th scope="col">Erase</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.erasePath}>
                <th scope="row">{row.when}</th>
                {hasStages && <td data-label="Stage">{row.stage}</td>}
                <td data-label="How much">{row.size}</td>
                <td data-label="Used by">{row.usedBy.length > 0 ? row.usedBy.join(', ') : 'No replay'}</td>
                <td data-label="Erase">
                  {row.obstacle ?? (
                    <a href={row.erasePath} aria-label={`Erase ${row.stage}, ${row.when}`}>
                      Erase
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="form-col after-table">
        <FormSection
          title="What no replay uses"
          note="Published, hidden and unpublished replays keep their recordings, and so does everything of the last 7 days."
        >
          <form method="post" action={`${event.path}/recordings`} novalidate>
            <TextField
              form={form}
              name="days"
              label="Days until it is erased by itself"
              hint="Leave it empty to keep it until you erase it."
              width="short"
              optional
            />
            <button class="button" type="submit">
              Save
            </button>
          </form>
        </FormSection>
      </div>
    </ConsoleLayout>
  );
}
