import type { FormState } from '../../../server/contracts/form-state.ts';
import { TextField } from '../../components/field.tsx';
import { FormPage } from '../../components/form-page.tsx';

export interface SignInPageProps {
  /** Fields: email. */
  form: FormState;
  /** Path on this site to go to afterwards. */
  next: string | null;
}

export function SignInPage({ form, next }: SignInPageProps) {
  return (
    <FormPage
      title="Sign in"
      lede="We email you a link and a code. There is no password to remember."
      form={form}
    >
      <form method="post" action="/sign-in" novalidate>
        {next && <input type="hidden" name="next" value={next} />}
        <TextField
          form={form}
          name="email"
          label="Email"
          hint="The one you registered with."
          type="email"
          inputmode="email"
          autocomplete="email"
          spellcheck={false}
          required
        />
        <p class="submit">
          <button class="button" type="submit">
            Email me a link
          </button>
        </p>
      </form>
    </FormPage>
  );
}
