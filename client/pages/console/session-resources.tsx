import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextField } from '../../components/field.tsx';
import { FieldErrorMessage, Hint } from '../../components/field-message.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { describedBy, errorOf } from '../../components/form-values.ts';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface SessionResourcesPageProps {
  event: ConsoleEvent;
  session: { id: string; title: string; revision: number };
  /** Fields: link-1-title, link-1-url and so on, revision; or title and file. */
  form: FormState;
  rows: number;
  files: readonly {
    readonly id: string;
    readonly title: string;
    readonly size: string;
    readonly path: string;
  }[];
  notice: string | null;
}

/** What people find beside a session in the live room. */
export function SessionResourcesPage(props: SessionResourcesPageProps) {
  const { event, session, form, files } = props;
  const path = `${event.path}/sessions/${session.id}`;
  const revision = String(session.revision);
  return (
    <ConsoleLayout title="Links and files" section="sessions" event={event} note={session.title}>
      <div class="form-col">
        <ErrorSummary form={form} />
        {props.notice && <Notice kind="good">{props.notice}</Notice>}
        <form method="post" action={`${path}/resources`} novalidate>
          <HiddenValue form={form} name="revision" />
          <FormSection title="Links" note="Whoever is in the live room sees a change at once.">
            {Array.from({ length: props.rows }, (_, index) => index + 1).map((row) => (
              <fieldset class="repeated" key={row}>
                <legend>Link {row}</legend>
                <TextField form={form} name={`link-${row}-title`} label="What it is" maxlength={120} />
                <TextField form={form} name={`link-${row}-url`} label="Link" type="url" />
              </fieldset>
            ))}
          </FormSection>
          <p class="submit">
            <button class="button" type="submit">
              Save the links
            </button>{' '}
            <a class="more" href={path}>
              Back to the session
            </a>
          </p>
        </form>
        <FormSection title="Files" note="Only people who may be in the live room can open them.">
          {files.length > 0 && (
            <ul class="plain">
              {files.map((file) => (
                <li key={file.id}>
                  <a href={file.path}>{file.title}</a> <span class="muted">{file.size}</span>
                  <PostButton
                    action={`${path}/files/${file.id}/remove`}
                    text={`Remove ${file.title}`}
                    look="line"
                    fields={{ revision }}
                  />
                </li>
              ))}
            </ul>
          )}
          <form method="post" action={`${path}/files`} enctype="multipart/form-data" novalidate>
            <input type="hidden" name="revision" value={revision} />
            <TextField
              form={form}
              name="title"
              label="What it is"
              hint="Leave it empty to use the name of the file."
              maxlength={120}
            />
            <FileField form={form} />
            <button class="button line" type="submit">
              Add the file
            </button>
          </form>
        </FormSection>
      </div>
    </ConsoleLayout>
  );
}

function FileField({ form }: { form: FormState }) {
  const error = errorOf(form, 'file');
  return (
    <div class={error ? 'field has-error' : 'field'}>
      <label for="field-file">File</label>
      <Hint id="field-file-hint">PDF, Word, Excel, PowerPoint, PNG, JPEG, text or CSV, up to 20 MB.</Hint>
      {error && <FieldErrorMessage id="field-file-error" message={error} />}
      <input
        id="field-file"
        name="file"
        type="file"
        accept=".pdf,.docx,.xlsx,.pptx,.png,.jpg,.jpeg,.txt,.csv"
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(['field-file-hint', error && 'field-file-error'])}
      />
    </div>
  );
}
