import type { FormState } from '../../../server/contracts/form-state.ts';
import { CodeField } from '../../components/code-field.tsx';
import { TextField } from '../../components/field.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { errorOf } from '../../components/form-values.ts';

export interface SecondFactorPageProps {
  action: string;
  /** Fields: code (from the app) or recoveryCode. */
  form: FormState;
  next: string | null;
}

export function SecondFactorPage({ action, form, next }: SecondFactorPageProps) {
  return (
    <FormPage
      title="Enter your code"
      lede="Organisers confirm each sign-in with their authenticator app."
      form={form}
    >
      <form method="post" action={action} novalidate>
        {next && <input type="hidden" name="next" value={next} />}
        <CodeField form={form} label="Code from your app" hint="Six digits. It changes every 30 seconds." />
        <details class="other-way" open={errorOf(form, 'recoveryCode') !== undefined}>
          <summary>Use a recovery code instead</summary>
          <TextField
            form={form}
            name="recoveryCode"
            label="Recovery code"
            hint="Each one works once."
            autocomplete="off"
            spellcheck={false}
            width="medium"
          />
        </details>
        <p class="submit">
          <button class="button" type="submit">
            Continue
          </button>
        </p>
      </form>
    </FormPage>
  );
}
