import { FormPage, PostButton } from '../../components/form-page.tsx';

/** Behind the link in the mail; nothing changes before the button, because mail scanners open links. */
export interface ConfirmEmailPageProps {
  eventTitle: string;
  email: string;
  /** Where the button posts, and what it sends. */
  action: string;
  fields: Readonly<Record<string, string>>;
}

export function ConfirmEmailPage({ eventTitle, email, action, fields }: ConfirmEmailPageProps) {
  return (
    <FormPage title="Use this email" lede={`Your place at ${eventTitle} moves to ${email}.`}>
      <PostButton action={action} fields={fields} text="Use this email" />
    </FormPage>
  );
}
