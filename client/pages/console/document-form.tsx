import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea } from '../../components/field.tsx';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/** Fields: markdown, revision. */
export interface DocumentFormPageProps {
  title: string;
  /** Where the page is shown, such as /privacy. */
  path: string;
  form: FormState;
  notice: string | null;
}

export function DocumentFormPage({ title, path, form, notice }: DocumentFormPageProps) {
  return (
    <ConsoleLayout
      title={title}
      section="events"
      note="A page of the whole site."
      actions={
        <a class="button line" href={path}>
          See the page
        </a>
      }
    >
      <div class="form-col">
        <ErrorSummary form={form} />
        {notice && <Notice kind="good">{notice}</Notice>}
        <form method="post" action={`/console/documents${path}`} novalidate>
          <HiddenValue form={form} name="revision" />
          <TextArea
            form={form}
            name="markdown"
            label="Text"
            hint="Markdown. The first line, with one #, is the title of the page."
            rows={24}
            required
          />
          <p class="submit">
            <button class="button" type="submit">
              Save the page
            </button>
          </p>
        </form>
      </div>
    </ConsoleLayout>
  );
}
