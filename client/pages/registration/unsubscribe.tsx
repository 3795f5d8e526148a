import { FormPage, PostButton } from '../../components/form-page.tsx';

/** Behind the link at the foot of an organiser's news; nothing stops before the button, because mail scanners open links. */
export interface UnsubscribePageProps {
  organiserName: string;
  email: string;
  /** Where the button posts; its way back is `<action>/again`. */
  action: string;
  standing: 'asking' | 'stopped' | 'back';
}

export function UnsubscribePage({ organiserName, email, action, standing }: UnsubscribePageProps) {
  if (standing === 'stopped')
    return (
      <FormPage
        title="Done. You get no more news"
        lede={`${organiserName} sends no more news or invitations to ${email}.`}
      >
        <p>What you need for an event you have a place at still comes: your join link, changes, reminders.</p>
        <p class="muted">Was that a slip?</p>
        <PostButton action={`${action}/again`} text="Subscribe again" look="line" />
      </FormPage>
    );
  if (standing === 'back')
    return (
      <FormPage
        title="You get the news again"
        lede={`${organiserName} may write to ${email} about other events.`}
      >
        <PostButton action={action} text="Unsubscribe" look="line" />
      </FormPage>
    );
  return (
    <FormPage title="Unsubscribe" lede={`Stop news and invitations from ${organiserName} to ${email}.`}>
      <PostButton action={action} text="Unsubscribe" />
      <p class="muted">
        What you need for an event you have a place at still comes: your join link, changes, reminders.
      </p>
    </FormPage>
  );
}
