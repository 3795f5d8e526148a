import type { Dateline } from '../../../server/contracts/dateline.ts';
import type { Places } from '../../../server/contracts/event-card.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { ConsentChoice, RegistrationQuestion } from '../../../server/contracts/registration-question.ts';
import { AboutYouFields, AccessNeedsField } from '../../components/about-you-fields.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { formTitle } from '../../components/form-values.ts';
import { Notice } from '../../components/notice.tsx';
import { PlaceAside } from '../../components/place-aside.tsx';
import { ConsentFields, QuestionFields } from '../../components/question-fields.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface RegisterPageProps {
  event: RegisterEvent;
  /** Anything but open shows a sentence instead of the form, or above it when it was sent. */
  standing: 'open' | 'not-yet-open' | 'closed' | 'sold-out' | 'cancelled' | 'ended';
  /** "Monday 1 March 2027, 09:00 GMT", while it is not yet open. */
  opens: string | null;
  /** Fields: name, email, organisation, jobTitle, accessNeeds, attempt, and the names of questions and consents. */
  form: FormState;
  /** True when the form comes back: it then stays, with all that was typed, whatever the standing. */
  isSent: boolean;
  /** Idempotency key of this attempt; the same one comes back with a mended form. */
  attempt: string;
  questions: readonly RegistrationQuestion[];
  consents: readonly ConsentChoice[];
}

export interface RegisterEvent {
  readonly slug: string;
  readonly title: string;
  readonly dateline: Dateline;
  readonly price: string;
  readonly places: Places;
  readonly organiser: { readonly name: string; readonly email: string | null };
}

export function RegisterPage(props: RegisterPageProps) {
  const { event, form, standing } = props;
  const action = event.price === 'Free' ? 'Register free' : 'Register';
  return (
    <PublicLayout title={formTitle(form, `${action}: ${event.title}`)} hidden page="wrap narrow-page">
      <BackLink href={`/events/${event.slug}`} text={event.title} />
      <div class="form-layout">
        <div class="form-col">
          <ErrorSummary form={form} />
          {standing === 'open' && <RegisterForm {...props} action={action} />}
          {standing !== 'open' && props.isSent && (
            <>
              <TooLate {...props} />
              <RegisterForm {...props} action={action} />
            </>
          )}
          {standing !== 'open' && !props.isSent && <Unavailable {...props} />}
        </div>
        <PlaceAside event={event} />
      </div>
    </PublicLayout>
  );
}

function RegisterForm({
  event,
  form,
  attempt,
  questions,
  consents,
  action,
}: RegisterPageProps & { action: string }) {
  return (
    <>
      <h1>{action}</h1>
      <p class="lede">It takes about a minute. You do not need an account or a password.</p>
      <form method="post" action={`/events/${event.slug}/register`} novalidate>
        <input type="hidden" name="attempt" value={attempt} />
        <AboutYouFields form={form} />
        <QuestionFields form={form} questions={questions} />
        <AccessNeedsField form={form} />
        <ConsentFields form={form} consents={consents} />
        <section class="next" aria-labelledby="next-title">
          <h2 id="next-title">What happens next</h2>
          <ol>
            <li>We email you a confirmation and a calendar entry, usually within a minute.</li>
            <li>If the event moves or is cancelled, we tell you, and the calendar entry follows.</li>
            <li>On the day, open the link in the email. There is nothing to install.</li>
          </ol>
          <p class="small muted">
            <a href="/privacy">How we use your details</a> takes two minutes to read.
          </p>
        </section>
        <p class="submit">
          <button class="button big" type="submit">
            {action}
          </button>
        </p>
        {event.organiser.email && (
          <p class="small muted">
            Something in the way? Write to{' '}
            <a href={`mailto:${event.organiser.email}`}>{event.organiser.email}</a>
          </p>
        )}
      </form>
    </>
  );
}

/** For somebody who was filling in the form while the last place went: nothing they typed is lost. */
function TooLate({ standing, opens }: RegisterPageProps) {
  const { heading, sentence } = unavailable(standing, opens);
  return (
    <Notice kind="bad">
      <strong>{heading}.</strong> {sentence} What you typed is still here.
    </Notice>
  );
}

function Unavailable({ event, standing, opens }: RegisterPageProps) {
  const { heading, sentence } = unavailable(standing, opens);
  return (
    <>
      <h1>{heading}</h1>
      <p class="lede">{sentence}</p>
      <p>
        {standing === 'not-yet-open' ? (
          <a class="button" href={`/events/${event.slug}.ics`}>
            Add the event to my calendar
          </a>
        ) : (
          <a class="button" href="/events">
            See what else is on
          </a>
        )}
      </p>
      <p class="muted">
        Already have a place? <a href="/sign-in">Sign in with your email</a> to find it.
      </p>
    </>
  );
}

function unavailable(standing: RegisterPageProps['standing'], opens: string | null) {
  switch (standing) {
    case 'sold-out':
      return {
        heading: 'Every place is taken',
        sentence: 'Places come back when people cancel, so it is worth looking again nearer the day.',
      };
    case 'closed':
      return { heading: 'Registration is closed', sentence: 'No more places are given out for this event.' };
    case 'cancelled':
      return {
        heading: 'This event is cancelled',
        sentence: 'It will not take place, so there is nothing to register for.',
      };
    case 'ended':
      return {
        heading: 'This event is over',
        sentence: 'What was recorded can be watched from the event’s page.',
      };
    case 'not-yet-open':
    case 'open':
      return {
        heading: 'Registration is not open yet',
        sentence: opens ? `It opens on ${opens}.` : 'It opens later. Put the event in your calendar for now.',
      };
  }
}
