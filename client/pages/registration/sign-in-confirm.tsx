import { FormPage, PostButton } from '../../components/form-page.tsx';

/** Behind the emailed link; the button signs in, so that mail scanners that open links change nothing. */
export interface SignInConfirmPageProps {
  /** Where the button posts. */
  action: string;
  fields: Readonly<Record<string, string>>;
}

export function SignInConfirmPage({ action, fields }: SignInConfirmPageProps) {
  return (
    <FormPage title="Sign in" lede="One press and you are in, on this device.">
      <PostButton action={action} fields={fields} text="Sign in" />
      <p class="muted">Did you not ask for this? Close this page and nothing happens.</p>
    </FormPage>
  );
}
