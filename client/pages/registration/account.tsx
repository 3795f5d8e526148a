import type { Dateline, ShownTime } from '../../../server/contracts/dateline.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextField } from '../../components/field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { formTitle } from '../../components/form-values.ts';
import { OwnMoment, When } from '../../components/local-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { SideSection } from '../../components/side-section.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface AccountPageProps {
  email: string;
  coming: readonly OwnPlace[];
  past: readonly OwnPlace[];
  /** Where this person speaks. */
  speaking: readonly { readonly slug: string; readonly title: string }[];
  /** Fields: name, organisation, jobTitle. */
  form: FormState;
  signIns: readonly OwnSignIn[];
  /** Set for members of an organiser. */
  hasSecondFactor: boolean | null;
  notice: string | null;
}

export interface OwnPlace {
  readonly registrationId: string;
  readonly eventSlug: string;
  readonly eventTitle: string;
  readonly dateline: Dateline;
  readonly state: 'confirmed' | 'cancelled' | 'awaiting-approval' | 'declined';
  readonly isLive: boolean;
}

export interface OwnSignIn {
  readonly id: string;
  /** "Firefox on Windows" */
  readonly device: string;
  readonly since: ShownTime;
  readonly lastSeen: ShownTime;
  readonly isThisOne: boolean;
}

export function AccountPage(props: AccountPageProps) {
  return (
    <PublicLayout title={formTitle(props.form, 'My places')} hidden page="wrap account">
      <ErrorSummary form={props.form} />
      {props.notice && <Notice kind="good">{props.notice}</Notice>}
      <header class="page-title">
        <h1>My places</h1>
        <p class="lede">Signed in as {props.email}</p>
      </header>
      <SideSection id="coming" title="Coming up">
        <PlaceList places={props.coming} empty="No places yet." />
      </SideSection>
      {props.speaking.length > 0 && (
        <SideSection id="speaking" title="Where I speak">
          <ul class="plain">
            {props.speaking.map(({ slug, title }) => (
              <li key={slug}>
                <a href={`/events/${slug}/backstage`}>Backstage: {title}</a>
              </li>
            ))}
          </ul>
        </SideSection>
      )}
      {props.past.length > 0 && (
        <SideSection id="past" title="Earlier">
          <PlaceList places={props.past} empty="" />
        </SideSection>
      )}
      <SideSection id="calendar" title="My calendar" note="Every place and every chosen session.">
        <p>
          Subscribe once in Outlook, Google or Apple, and new places appear there by themselves.{' '}
          <a href="/account/calendar">Set up my calendar</a>
        </p>
      </SideSection>
      <SideSection id="details" title="My details" note="They fill in the next form for you.">
        <form method="post" action="/account" novalidate>
          <TextField form={props.form} name="name" label="Full name" autocomplete="name" required />
          <TextField
            form={props.form}
            name="organisation"
            label="Organisation"
            autocomplete="organization"
            optional
          />
          <TextField
            form={props.form}
            name="jobTitle"
            label="Job title"
            autocomplete="organization-title"
            optional
          />
          <button class="button" type="submit">
            Save my details
          </button>
        </form>
      </SideSection>
      <SideSection id="sign-ins" title="Where I am signed in" last>
        <SignInList signIns={props.signIns} />
        {props.hasSecondFactor !== null && (
          <p class="muted">
            {props.hasSecondFactor ? (
              'Your second step is on.'
            ) : (
              <a href="/account/second-factor">Set up your second step</a>
            )}
          </p>
        )}
        {props.signIns.length > 1 && (
          <PostButton action="/account/sign-ins/others/revoke" text="Sign out everywhere else" look="line" />
        )}
        <PostButton action="/sign-out" text="Sign out here" look="line" />
      </SideSection>
    </PublicLayout>
  );
}

function PlaceList({ places, empty }: { places: readonly OwnPlace[]; empty: string }) {
  if (places.length === 0) {
    return (
      <p class="empty">
        {empty} <a href="/events">See what’s on</a>
      </p>
    );
  }
  return (
    <ul class="plain place-list">
      {places.map((place) => (
        <li key={place.registrationId}>
          <div>
            <h3>
              <a href={`/registrations/${place.registrationId}`}>{place.eventTitle}</a>
            </h3>
            <p class="muted">
              <When dateline={place.dateline} />
            </p>
            {place.state === 'confirmed' && (
              <p>
                <a href={`/registrations/${place.registrationId}/agenda`}>
                  My agenda<span class="vh">: {place.eventTitle}</span>
                </a>
              </p>
            )}
          </div>
          <p class="place-state">{place.isLive ? <JoinNow place={place} /> : stateWords[place.state]}</p>
        </li>
      ))}
    </ul>
  );
}

const stateWords: Record<OwnPlace['state'], string> = {
  confirmed: 'You have a place',
  cancelled: 'Cancelled',
  'awaiting-approval': 'Waiting for the organiser',
  declined: 'Declined by the organiser',
};

function JoinNow({ place }: { place: OwnPlace }) {
  return (
    <a class="button" href={`/events/${place.eventSlug}/live`}>
      Join now<span class="vh">: {place.eventTitle}</span>
    </a>
  );
}

function SignInList({ signIns }: { signIns: readonly OwnSignIn[] }) {
  return (
    <ul class="plain sign-ins">
      {signIns.map((signIn) => (
        <li key={signIn.id}>
          <div>
            <strong>{signIn.device}</strong> {signIn.isThisOne && <span class="tag">This one</span>}
            <p class="muted small">
              Since <OwnMoment time={signIn.since} />, last used <OwnMoment time={signIn.lastSeen} />
            </p>
          </div>
          {!signIn.isThisOne && (
            <form method="post" action={`/account/sign-ins/${signIn.id}/revoke`}>
              <button class="button line small" type="submit">
                Sign out<span class="vh"> {signIn.device}</span>
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
