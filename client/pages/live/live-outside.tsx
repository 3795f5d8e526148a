import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface LiveOutsideProps {
  readonly slug: string;
  readonly title: string;
  /** "Tuesday 16 March 2027" */
  readonly date: string;
  readonly canRegister: boolean;
  /** The address that is signed in and has no place here; null when nobody is. */
  readonly email: string | null;
}

/** For whoever opens a live room and has no place, or has not said who they are. */
export function LiveOutsidePage({ slug, title, date, canRegister, email }: LiveOutsideProps) {
  const signIn = `/sign-in?next=${encodeURIComponent(`/events/${slug}/live`)}`;
  return (
    <PublicLayout title={`Enter the live room: ${title}`} hidden>
      <div class="wrap document-page room-outside">
        <p class="dateline">{date}</p>
        <h1>{email === null ? 'Sign in to enter' : 'You have no place here yet'}</h1>
        <p class="lede">
          {email === null
            ? `The live room of ${title} is for people who have registered. Use the address you registered with, or the link in your confirmation.`
            : `You are signed in as ${email}, and that address has no place at ${title}.`}
        </p>
        <p class="room-outside-acts">
          {email === null && (
            <a class="button big" href={signIn}>
              Sign in
            </a>
          )}
          <a
            class={canRegister ? `button big${email === null ? ' line' : ''}` : 'more'}
            href={canRegister ? `/events/${slug}/register` : `/events/${slug}`}
          >
            {canRegister ? 'Register' : 'See the event'}
          </a>
          {email !== null && (
            <a class="more" href={signIn}>
              Sign in with another address
            </a>
          )}
        </p>
      </div>
    </PublicLayout>
  );
}
