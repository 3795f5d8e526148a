import type { CaptionerStart } from '../../../server/contracts/caption.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea } from '../../components/field.tsx';
import { formTitle } from '../../components/form-values.ts';
import { createCaptionerStore } from '../../islands/captioner/captioner.store.ts';
import { Captioner } from '../../islands/captioner/captioner.tsx';
import { Document } from '../../layouts/document.tsx';

export interface CaptionerPageProps {
  readonly eventTitle: string;
  readonly stageName: string;
  readonly path: string;
  readonly form: FormState;
  readonly start: CaptionerStart;
}

/** Where a captioner types what is said: each line is shown in the live room, and later in the replay. */
export function CaptionerPage({ eventTitle, stageName, path, form, start }: CaptionerPageProps) {
  const store = createCaptionerStore(start, () => Promise.resolve({ ok: false, message: '' }));
  return (
    <Document title={formTitle(form, `Captions for ${stageName}`)} hidden>
      <main id="main" class="wrap narrow-page captioner" tabIndex={-1}>
        <div class="form-col alone">
          <ErrorSummary form={form} />
          <h1>Captions for {stageName}</h1>
          <p class="lede">{eventTitle}</p>
          <div data-island="captioner" data-props={JSON.stringify(start)}>
            <Captioner store={store} isTyping={false} />
            <form method="post" action={path} novalidate>
              <TextArea
                form={form}
                name="text"
                label="What is being said"
                hint="One caption a line. Reload the page to see what others wrote."
                rows={3}
              />
              <button class="button" type="submit">
                Show it
              </button>
            </form>
          </div>
        </div>
      </main>
    </Document>
  );
}
