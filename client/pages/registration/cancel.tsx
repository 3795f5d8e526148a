import { FormPage, PostButton } from '../../components/form-page.tsx';

export interface CancelPageProps {
  registrationId: string;
  event: { slug: string; title: string; when: string; canRegisterAgain: boolean };
  /** True once the place is given back. */
  isCancelled: boolean;
}

export function CancelPage({ registrationId, event, isCancelled }: CancelPageProps) {
  const path = `/registrations/${registrationId}`;
  if (isCancelled) {
    return (
      <FormPage
        title="Your place is cancelled"
        lede="Thank you for letting someone else have it. We have emailed you a note of this."
      >
        <p>
          <a class="button" href="/events">
            See what else is on
          </a>
        </p>
        {event.canRegisterAgain && (
          <p class="muted">
            Changed your mind? <a href={`/events/${event.slug}/register`}>Register again</a> while there are
            places.
          </p>
        )}
      </FormPage>
    );
  }
  return (
    <FormPage
      title="Cancel my place"
      lede={`${event.title}, ${event.when}. Your join link stops working and the calendar entry is withdrawn.`}
      back={{ href: path, text: 'Your place' }}
    >
      <PostButton action={`${path}/cancel`} text="Cancel my place" look="danger" />
      <p>
        <a class="more" href={path}>
          Keep my place
        </a>
      </p>
      <p class="muted">
        Would a colleague like it? <a href={`${path}/pass-on`}>Pass my place on</a> instead.
      </p>
    </FormPage>
  );
}
