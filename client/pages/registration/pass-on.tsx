import type { FormState } from '../../../server/contracts/form-state.ts';
import { TextField } from '../../components/field.tsx';
import { FormPage } from '../../components/form-page.tsx';

export interface PassOnPageProps {
  registrationId: string;
  eventTitle: string;
  /** Fields: name, email. */
  form: FormState;
}

export function PassOnPage({ registrationId, eventTitle, form }: PassOnPageProps) {
  const path = `/registrations/${registrationId}`;
  return (
    <FormPage
      title="Pass my place on"
      lede={`A colleague takes your place at ${eventTitle}. They get the confirmation; your own join link stops working.`}
      back={{ href: path, text: 'Your place' }}
      form={form}
    >
      <form method="post" action={`${path}/pass-on`} novalidate>
        <TextField form={form} name="name" label="Their full name" autocomplete="off" required />
        <TextField
          form={form}
          name="email"
          label="Their email"
          type="email"
          inputmode="email"
          autocomplete="off"
          spellcheck={false}
          required
        />
        <p class="submit">
          <button class="button" type="submit">
            Pass my place on
          </button>{' '}
          <a class="more" href={path}>
            Keep my place
          </a>
        </p>
      </form>
    </FormPage>
  );
}
