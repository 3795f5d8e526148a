import type { FormState } from '../../../server/contracts/form-state.ts';
import { CodeField } from '../../components/code-field.tsx';
import { FormPage } from '../../components/form-page.tsx';

/** Behind an emailed link opened in another browser than the one that asked: the code shows that a person reads the mail. */
export interface SignInElsewherePageProps {
  action: string;
  token: string;
  /** Fields: code. */
  form: FormState;
}

export function SignInElsewherePage({ action, token, form }: SignInElsewherePageProps) {
  return (
    <FormPage
      title="Type the code from the email"
      lede="You asked to sign in on another device or in another browser. To sign in here, type the code from the same email."
      form={form}
    >
      <form method="post" action={action} novalidate>
        <input type="hidden" name="token" value={token} />
        <CodeField form={form} label="Six-digit code" />
        <p class="submit">
          <button class="button" type="submit">
            Sign in
          </button>
        </p>
      </form>
      <p class="muted">
        Or go back to where you asked, and open the link or type the code there.{' '}
        <a href="/sign-in">Ask for a new one</a>
      </p>
    </FormPage>
  );
}
