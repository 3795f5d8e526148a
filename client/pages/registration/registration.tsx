import type { CalendarLinks } from '../../../server/contracts/calendar-links.ts';
import type { Dateline } from '../../../server/contracts/dateline.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { ConsentChoice, RegistrationQuestion } from '../../../server/contracts/registration-question.ts';
import { AboutYouFields, AccessNeedsField } from '../../components/about-you-fields.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { CalendarButtons } from '../../components/calendar-buttons.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Facts } from '../../components/facts.tsx';
import { formTitle, typedValue } from '../../components/form-values.ts';
import { PostButton } from '../../components/form-page.tsx';
import { When } from '../../components/local-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsentFields, QuestionFields } from '../../components/question-fields.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface RegistrationPageProps {
  id: string;
  state: 'confirmed' | 'cancelled' | 'passed-on' | 'awaiting-approval' | 'declined';
  email: string;
  /** A new address that waits to be confirmed. */
  pendingEmail: string | null;
  event: {
    slug: string;
    title: string;
    dateline: Dateline;
    isLive: boolean;
    /** The personal join link: whoever came by the link in the mail has no other way into the room. */
    joinHref: string;
    isOver: boolean;
    canRegisterAgain: boolean;
  };
  calendar: CalendarLinks;
  /** Fields as in the register page, with `revision` instead of `email` and `attempt`. */
  form: FormState;
  questions: readonly RegistrationQuestion[];
  consents: readonly ConsentChoice[];
  /** "Your details are saved." after a change. */
  notice: string | null;
}

export function RegistrationPage(props: RegistrationPageProps) {
  const { event, form, state } = props;
  const isComing = state === 'confirmed' && !event.isOver;
  return (
    <PublicLayout title={formTitle(form, `My place: ${event.title}`)} hidden page="wrap narrow-page">
      <BackLink href="/account" text="My places" />
      <div class="form-layout">
        <div class="form-col">
          <ErrorSummary form={form} />
          {props.notice && <Notice kind="good">{props.notice}</Notice>}
          <Heading state={state} />
          <p class="lede">
            <a href={`/events/${event.slug}`}>{event.title}</a>
          </p>
          {state === 'confirmed' && (event.isLive || event.isOver) && (
            <p>
              <a href={`/registrations/${props.id}/attendance`}>My attendance</a> ·{' '}
              <a href={`/events/${event.slug}/feedback`}>How was the day?</a>
            </p>
          )}
          {props.pendingEmail && (
            <Notice kind="soon">
              We have written to <strong>{props.pendingEmail}</strong>. Your place moves there when you open
              the link.
            </Notice>
          )}
          {isComing && (
            <>
              <PlaceActions {...props} />
              <DetailsForm {...props} />
            </>
          )}
          {(state === 'cancelled' || state === 'passed-on') && event.canRegisterAgain && (
            <p>
              <a class="button" href={`/events/${event.slug}/register`}>
                Register again
              </a>
            </p>
          )}
          {!isComing && <ConsentsForm {...props} />}
        </div>
        <PlacePanel {...props} />
      </div>
    </PublicLayout>
  );
}

function Heading({ state }: Pick<RegistrationPageProps, 'state'>) {
  switch (state) {
    case 'confirmed':
      return <h1>Your place</h1>;
    case 'cancelled':
      return <h1>Your place is cancelled</h1>;
    case 'passed-on':
      return <h1>You passed your place on</h1>;
    case 'awaiting-approval':
      return <h1>Waiting for the organiser</h1>;
    case 'declined':
      return <h1>The organiser said no this time</h1>;
  }
}

function PlaceActions({ id, event }: RegistrationPageProps) {
  const path = `/registrations/${id}`;
  return (
    <div class="place-actions">
      <a class={event.isLive ? 'button big' : 'button line'} href={event.joinHref}>
        {event.isLive ? 'Join now' : 'Go to the live room'}
      </a>
      <ul class="plain">
        <li>
          <a href={`${path}/agenda`}>My agenda</a>
        </li>
        <li>
          <a href={`/events/${event.slug}/check`}>Try it out before the day</a>
        </li>
        <li>
          <a href={`${path}/pass-on`}>Pass my place on</a>
        </li>
        <li>
          <a href={`${path}/change-email`}>Change my email</a>
        </li>
        <li>
          <a class="is-danger" href={`${path}/cancel`}>
            Cancel my place
          </a>
        </li>
      </ul>
    </div>
  );
}

function DetailsForm({ id, form, questions, consents }: RegistrationPageProps) {
  return (
    <form method="post" action={`/registrations/${id}`} novalidate>
      <input type="hidden" name="revision" value={typedValue(form, 'revision')} />
      <AboutYouFields form={form} withEmail={false} />
      <QuestionFields form={form} questions={questions} />
      <AccessNeedsField form={form} />
      <ConsentFields form={form} consents={consents} />
      <p class="submit">
        <button class="button" type="submit">
          Save my details
        </button>
      </p>
    </form>
  );
}

/** What was consented to can be withdrawn as long as the registration is kept. */
function ConsentsForm({ id, form, consents }: RegistrationPageProps) {
  if (consents.length === 0) return null;
  return (
    <form method="post" action={`/registrations/${id}/consents`} novalidate>
      <ConsentFields form={form} consents={consents} />
      <p class="submit">
        <button class="button" type="submit">
          Save my choice
        </button>
      </p>
    </form>
  );
}

function PlacePanel({ id, state, email, event, calendar }: RegistrationPageProps) {
  const path = `/registrations/${id}`;
  return (
    <aside class="place is-kept" aria-labelledby="place-title">
      <h2 id="place-title">{event.title}</h2>
      <Facts
        look="place-facts"
        facts={[
          { term: 'When', value: <When dateline={event.dateline} /> },
          { term: 'Email', value: email },
        ]}
      />
      {state === 'confirmed' && !event.isOver && (
        <>
          <h3>Links in your mail</h3>
          <p class="muted small">
            Did the mail go to somebody else? Its links can be made useless; you get new ones.
          </p>
          <PostButton action={`${path}/replace-links`} text="Replace my links" look="line" />
          <h3>Calendar</h3>
          <CalendarButtons links={calendar} />
        </>
      )}
    </aside>
  );
}
