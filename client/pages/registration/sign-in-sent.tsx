import type { FormState } from '../../../server/contracts/form-state.ts';
import { CodeField } from '../../components/code-field.tsx';
import { FormPage } from '../../components/form-page.tsx';

export interface SignInSentPageProps {
  email: string;
  /** Names this attempt, so that the code can be typed on this device: sent back as `attempt`. */
  attempt: string;
  /** Fields: code. */
  form: FormState;
}

/** Says the same whether the address is known or not. */
export function SignInSentPage({ email, attempt, form }: SignInSentPageProps) {
  return (
    <FormPage title="Look for our email" form={form}>
      <p class="lede">
        If <strong>{email}</strong> has a place or an account here, a message is on its way. Open its link, or
        type its code below.
      </p>
      <form method="post" action="/sign-in/code" novalidate>
        <input type="hidden" name="attempt" value={attempt} />
        <CodeField form={form} label="Six-digit code" hint="It works for ten minutes, once." />
        <p class="submit">
          <button class="button" type="submit">
            Sign in
          </button>
        </p>
      </form>
      <p class="muted">
        Nothing after five minutes? Look in junk or quarantine, or <a href="/sign-in">try again</a>.
      </p>
    </FormPage>
  );
}
