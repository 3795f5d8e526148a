import type { FormState } from '../../../server/contracts/form-state.ts';
import { TextField } from '../../components/field.tsx';
import { FormPage } from '../../components/form-page.tsx';

export interface ChangeEmailPageProps {
  registrationId: string;
  currentEmail: string;
  /** Fields: email. */
  form: FormState;
  /** Set once the message is on its way: the page then says so instead of asking. */
  sentTo: string | null;
}

export function ChangeEmailPage({ registrationId, currentEmail, form, sentTo }: ChangeEmailPageProps) {
  const path = `/registrations/${registrationId}`;
  const back = { href: path, text: 'Your place' };
  if (sentTo) {
    return (
      <FormPage title="Open the link we sent" back={back}>
        <p class="lede">
          It is on its way to <strong>{sentTo}</strong>. Until you open it, your place stays with{' '}
          {currentEmail}.
        </p>
      </FormPage>
    );
  }
  return (
    <FormPage
      title="Change my email"
      lede={`Your place is under ${currentEmail}. We write to the new address first, to be sure that it reaches you.`}
      back={back}
      form={form}
    >
      <form method="post" action={`${path}/change-email`} novalidate>
        <TextField
          form={form}
          name="email"
          label="New email"
          type="email"
          inputmode="email"
          autocomplete="email"
          spellcheck={false}
          required
        />
        <p class="submit">
          <button class="button" type="submit">
            Send the link
          </button>
        </p>
      </form>
    </FormPage>
  );
}
