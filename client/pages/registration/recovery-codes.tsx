import { FormPage } from '../../components/form-page.tsx';

export interface RecoveryCodesPageProps {
  codes: readonly string[];
  next: string;
}

export function RecoveryCodesPage({ codes, next }: RecoveryCodesPageProps) {
  return (
    <FormPage
      title="Keep these codes"
      lede="If your phone is lost, one of them lets you in. Each works once, and this is the only time they are shown."
    >
      <ul class="plain recovery-codes" id="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p class="submit">
        <a class="button" href={next}>
          I have kept them
        </a>{' '}
        <button class="button line" type="button" data-enhance="copy" data-copies="recovery-codes" hidden>
          Copy them
        </button>
      </p>
    </FormPage>
  );
}
