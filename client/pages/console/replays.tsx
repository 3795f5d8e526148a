import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleReplaysPageProps {
  event: ConsoleEvent;
  replays: readonly {
    id: string;
    title: string;
    /** "41 min" */
    length: string;
    /** "Ready", "Nothing was recorded" */
    state: string;
    /** "Everyone", "Not published" */
    shownTo: string;
  }[];
  form: FormState;
  stages: readonly Choice[];
  links: readonly { id: string; name: string; stage: string }[];
  /** The address of a link that was made just now; it is shown this once. */
  newAddress: string | null;
  notice: string | null;
}

/** What was recorded of an event, and who writes its captions. */
export function ConsoleReplaysPage(props: ConsoleReplaysPageProps) {
  const { event, replays, form } = props;
  const path = `${event.path}/replays`;
  return (
    <ConsoleLayout
      title="Replays"
      section="replays"
      event={event}
      note="A session’s replay is here a few seconds after it ends"
    >
      <div class="form-col">
        <ErrorSummary form={form} />
        {props.notice && <Notice kind="good">{props.notice}</Notice>}
        {props.newAddress && (
          <Notice kind="good">
            <p>Send this address to the captioner. It is not shown again.</p>
            <p>
              <code class="secret">{props.newAddress}</code>
            </p>
          </Notice>
        )}
      </div>
      {replays.length === 0 ? (
        <p class="empty">
          Nothing was recorded yet. Once a session that was live has ended, its replay is here.
        </p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col">Length</th>
              <th scope="col">State</th>
              <th scope="col">Who may watch</th>
            </tr>
          </thead>
          <tbody>
            {replays.map((replay) => (
              <tr key={replay.id}>
                <th scope="row">
                  <a href={`${path}/${replay.id}`}>{replay.title}</a>
                </th>
                <td data-label="Length">{replay.length}</td>
                <td data-label="State">{replay.state}</td>
                <td data-label="Who may watch">{replay.shownTo}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="after-table">
        <a href={`${event.path}/recordings`}>What is recorded, and how long it is kept</a>
      </p>
      <div class="form-col">
        <FormSection
          title="Captioners"
          note="Whoever has the address writes captions for one stage: in its page, or from a program by the API."
        >
          {props.links.length > 0 && (
            <ul class="plain">
              {props.links.map((link) => (
                <li key={link.id}>
                  {link.name} <span class="muted">{link.stage}</span>
                  <PostButton
                    action={`${path}/captioners/${link.id}/revoke`}
                    text={`End the link of ${link.name}`}
                    look="line"
                  />
                </li>
              ))}
            </ul>
          )}
          <form method="post" action={`${path}/captioners`} novalidate>
            <TextField form={form} name="name" label="Who it is for" maxlength={80} width="medium" />
            {props.stages.length > 0 && (
              <SelectField form={form} name="stage" label="Stage" options={props.stages} width="medium" />
            )}
            <button class="button line" type="submit">
              Make a link
            </button>
          </form>
        </FormSection>
      </div>
    </ConsoleLayout>
  );
}
