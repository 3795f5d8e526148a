import type { ComponentChildren } from 'preact';
import { PublicLayout } from '../layouts/public-layout.tsx';
import { emptyForm, type FormState } from '../../server/contracts/form-state.ts';
import { BackLink } from './back-link.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { formTitle } from './form-values.ts';
import { Notice } from './notice.tsx';

interface FormPageProps {
  title: string;
  lede?: ComponentChildren;
  back?: { href: string; text: string } | undefined;
  form?: FormState | undefined;
  /** What was just done. */
  notice?: string | null;
  children: ComponentChildren;
}

/** One question or one short form, in one column, belonging to one person. */
export function FormPage({ title, lede, back, form = emptyForm, notice, children }: FormPageProps) {
  return (
    <PublicLayout title={formTitle(form, title)} hidden page="wrap narrow-page">
      {back && <BackLink {...back} />}
      <div class="form-col alone">
        <ErrorSummary form={form} />
        {notice && <Notice kind="good">{notice}</Notice>}
        <h1>{title}</h1>
        {lede && <p class="lede">{lede}</p>}
        {children}
      </div>
    </PublicLayout>
  );
}

interface PostButtonProps {
  action: string;
  text: string;
  look?: 'main' | 'line' | 'danger';
  /** Sent with the press. */
  fields?: Readonly<Record<string, string>>;
}

/** A form that is one button: what changes something is never a link. */
export function PostButton({ action, text, look = 'main', fields = {} }: PostButtonProps) {
  return (
    <form method="post" action={action} class="one-button">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class={look === 'main' ? 'button big' : `button ${look}`} type="submit">
        {text}
      </button>
    </form>
  );
}
