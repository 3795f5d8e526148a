import type { FormState } from '../../../server/contracts/form-state.ts';
import { CodeField } from '../../components/code-field.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { QrPicture } from '../../components/qr-picture.tsx';

export interface EnrolSecondFactorPageProps {
  action: string;
  /** An `<svg>` made by the server. */
  qrSvg: string;
  /** In groups of four, for typing. */
  secret: string;
  /** Fields: code. */
  form: FormState;
}

export function EnrolSecondFactorPage({ action, qrSvg, secret, form }: EnrolSecondFactorPageProps) {
  return (
    <FormPage
      title="Set up your second step"
      lede="People who run events sign in with an email and a code from an authenticator app, so that a lost mailbox is not a lost event."
      form={form}
    >
      <ol class="steps">
        <li>Open an authenticator app, such as the one on your work phone.</li>
        <li>Scan this picture, or type the key beneath it.</li>
        <li>Type the code that the app shows.</li>
      </ol>
      <figure class="qr">
        <QrPicture svg={qrSvg} label="QR code for your authenticator app" />
        <figcaption>
          Key: <code>{secret}</code>
        </figcaption>
      </figure>
      <form method="post" action={action} novalidate>
        <CodeField form={form} label="Code from your app" />
        <p class="submit">
          <button class="button" type="submit">
            Turn it on
          </button>
        </p>
      </form>
    </FormPage>
  );
}
