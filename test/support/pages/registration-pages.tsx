import { emptyForm, type FormState } from '../../../server/contracts/form-state.ts';
import { AccountPage, type AccountPageProps } from '../../../client/pages/registration/account.tsx';
import { CancelPage } from '../../../client/pages/registration/cancel.tsx';
import { ChangeEmailPage } from '../../../client/pages/registration/change-email.tsx';
import { ConfirmEmailPage } from '../../../client/pages/registration/confirm-email.tsx';
import { EnrolSecondFactorPage } from '../../../client/pages/registration/enrol-second-factor.tsx';
import { JoinPage } from '../../../client/pages/registration/join.tsx';
import { PassOnPage } from '../../../client/pages/registration/pass-on.tsx';
import { RecoveryCodesPage } from '../../../client/pages/registration/recovery-codes.tsx';
import { OpenPlacePage } from '../../../client/pages/registration/open-place.tsx';
import { RegisterPage, type RegisterPageProps } from '../../../client/pages/registration/register.tsx';
import { RegisteredPage, type RegisteredPageProps } from '../../../client/pages/registration/registered.tsx';
import {
  RegistrationPage,
  type RegistrationPageProps,
} from '../../../client/pages/registration/registration.tsx';
import { SecondFactorPage } from '../../../client/pages/registration/second-factor.tsx';
import { SignInElsewherePage } from '../../../client/pages/registration/sign-in-elsewhere.tsx';
import { SignInConfirmPage } from '../../../client/pages/registration/sign-in-confirm.tsx';
import { SignInSentPage } from '../../../client/pages/registration/sign-in-sent.tsx';
import { SignInPage } from '../../../client/pages/registration/sign-in.tsx';
import { dateline, event, germanEvent } from './events.ts';
import type { GalleryPage } from './gallery.ts';
import { attendee, organiser } from './site.ts';

const calendar = {
  google: 'https://g.example',
  outlook: 'https://o.example',
  microsoft365: 'https://m.example',
  yahoo: 'https://y.example',
  ics: '/x.ics',
};

export const registerProps: RegisterPageProps = {
  event: {
    slug: event.slug,
    title: event.title,
    dateline,
    price: 'Free',
    places: event.places,
    organiser: { name: 'PSE365', email: 'events@pse365.example' },
  },
  standing: 'open',
  isSent: false,
  opens: null,
  form: emptyForm,
  attempt: 'attempt-1',
  questions: [
    {
      name: 'answer-stage',
      kind: 'choice',
      label: 'How far along is your plan to cut carbon?',
      hint: 'So that the clinics suit the people in them.',
      required: true,
      options: ['Starting from nothing', 'A plan, but no money', 'Building'].map((label) => ({
        value: label,
        label,
      })),
    },
    {
      name: 'answer-topics',
      kind: 'multiple-choice',
      label: 'What do you want to hear about?',
      hint: null,
      required: false,
      options: ['Heat', 'Fleet'].map((label) => ({ value: label, label })),
    },
    {
      name: 'answer-question',
      kind: 'text',
      label: 'One thing you would ask the panel',
      hint: null,
      required: false,
    },
  ],
  consents: [
    { name: 'consent-newsletter', wording: 'PSE365 may email me about other events, about once a month.' },
    {
      name: 'consent-fernlea',
      wording:
        'Share my name, work email and organisation with Fernlea Energy, so it can email me about heat networks.',
    },
  ],
};

export const mistaken: FormState = {
  values: {
    name: 'Angharad Whitlock',
    email: 'a.whitlock.ardale.gov.uk',
    organisation: 'Ardale Borough Council',
    'answer-topics': ['Fleet'],
    'consent-newsletter': 'yes',
  },
  errors: [
    { field: 'email', message: 'Enter an email address with an @, like name@example.gov.uk' },
    { field: 'answer-stage', message: 'Choose how far along your plan is' },
  ],
};

export const registrationProps: RegistrationPageProps = {
  id: 'r1',
  state: 'confirmed',
  email: attendee.email,
  pendingEmail: null,
  event: {
    slug: event.slug,
    title: event.title,
    dateline,
    isLive: false,
    joinHref: '/join/r0.signature',
    isOver: false,
    canRegisterAgain: true,
  },
  calendar,
  form: { values: { name: 'Angharad Whitlock', 'answer-stage': 'Building' }, errors: [] },
  questions: registerProps.questions,
  consents: registerProps.consents,
  notice: null,
};

const place = {
  registrationId: 'r1',
  eventSlug: event.slug,
  eventTitle: event.title,
  dateline,
  state: 'confirmed',
  isLive: false,
} as const;
const moment = { iso: '2027-03-09T11:14:00.000Z', text: '9 March, 11:14' };

export const accountProps: AccountPageProps = {
  speaking: [{ slug: 'the-day', title: 'Decarbonising the Public Estate' }],
  email: attendee.email,
  coming: [{ ...place, isLive: true, registrationId: 'r0' }, place],
  past: [{ ...place, registrationId: 'r2', state: 'cancelled' }],
  form: { values: { name: 'Angharad Whitlock' }, errors: [] },
  signIns: [
    { id: 's1', device: 'Edge on Windows', since: moment, lastSeen: moment, isThisOne: true },
    { id: 's2', device: 'Safari on iPhone', since: moment, lastSeen: moment, isThisOne: false },
  ],
  hasSecondFactor: null,
  notice: null,
};

const codeError: FormState = {
  values: { code: '12345' },
  errors: [{ field: 'code', message: 'Enter the six digits from the email' }],
};
const qrSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#000" d="M0 0h3v3H0zM6 0h3v3H6zM0 6h3v3H0zM4 4h1v1H4z"/></svg>';
const joinProps = {
  event: { slug: event.slug, title: event.title, dateline },
  name: 'Angharad',
  action: '/join',
  fields: { token: 't' },
};

export const registeredProps: RegisteredPageProps = {
  event: { ...registerProps.event, times: { doors: '09:15', start: '09:30', end: '16:15' } },
  email: attendee.email,
  mailSubject: 'You’re in: Public Sector Decarbonisation',
  mailFrom: 'PSE365 events',
  calendar: calendar,
};

export const registrationPages: readonly GalleryPage[] = [
  {
    name: 'open place',
    page: <OpenPlacePage eventTitle={event.title} action="/registrations/7f3a/open/x" />,
  },
  { name: 'register', page: <RegisterPage {...registerProps} /> },
  { name: 'register with errors', page: <RegisterPage {...registerProps} form={mistaken} isSent /> },
  {
    name: 'register too late',
    page: <RegisterPage {...registerProps} standing="sold-out" form={mistaken} isSent />,
  },
  { name: 'register bare', page: <RegisterPage {...registerProps} questions={[]} consents={[]} /> },
  {
    name: 'register long',
    page: (
      <RegisterPage
        {...registerProps}
        event={{ ...registerProps.event, title: germanEvent.title, places: { capacity: null, taken: 0 } }}
        form={mistaken}
      />
    ),
  },
  ...(['not-yet-open', 'closed', 'sold-out', 'cancelled', 'ended'] as const).map((standing) => ({
    name: `register ${standing}`,
    page: <RegisterPage {...registerProps} standing={standing} opens="Monday 15 March 2027, 09:00 GMT" />,
  })),
  {
    name: 'registered',
    page: <RegisteredPage {...registeredProps} />,
  },
  {
    name: 'registration',
    page: <RegistrationPage {...registrationProps} notice="Your details are saved." />,
    site: { signedIn: attendee },
  },
  {
    name: 'registration live',
    page: (
      <RegistrationPage
        {...registrationProps}
        pendingEmail="new@ardale.gov.uk"
        event={{ ...registrationProps.event, isLive: true }}
      />
    ),
  },
  ...(['cancelled', 'awaiting-approval', 'declined'] as const).map((state) => ({
    name: `registration ${state}`,
    page: <RegistrationPage {...registrationProps} state={state} />,
  })),
  { name: 'pass on', page: <PassOnPage registrationId="r1" eventTitle={event.title} form={emptyForm} /> },
  {
    name: 'pass on with errors',
    page: (
      <PassOnPage
        registrationId="r1"
        eventTitle={event.title}
        form={{
          values: {},
          errors: [
            { field: 'name', message: 'Enter their name' },
            { field: 'email', message: 'Enter their email' },
          ],
        }}
      />
    ),
  },
  {
    name: 'change email',
    page: (
      <ChangeEmailPage registrationId="r1" currentEmail={attendee.email} form={emptyForm} sentTo={null} />
    ),
  },
  {
    name: 'change email sent',
    page: (
      <ChangeEmailPage
        registrationId="r1"
        currentEmail={attendee.email}
        form={emptyForm}
        sentTo="new@ardale.gov.uk"
      />
    ),
  },
  {
    name: 'confirm email',
    page: (
      <ConfirmEmailPage
        eventTitle={event.title}
        email="new@ardale.gov.uk"
        action="/confirm"
        fields={{ token: 't' }}
      />
    ),
  },
  {
    name: 'cancel',
    page: (
      <CancelPage
        registrationId="r1"
        event={{
          slug: event.slug,
          title: event.title,
          when: 'Tuesday 23 March 2027',
          canRegisterAgain: true,
        }}
        isCancelled={false}
      />
    ),
  },
  {
    name: 'cancel done',
    page: (
      <CancelPage
        registrationId="r1"
        event={{
          slug: event.slug,
          title: event.title,
          when: 'Tuesday 23 March 2027',
          canRegisterAgain: true,
        }}
        isCancelled
      />
    ),
  },
  { name: 'sign in', page: <SignInPage form={emptyForm} next="/account" />, site: { path: '/sign-in' } },
  {
    name: 'sign in with errors',
    page: (
      <SignInPage
        form={{
          values: { email: 'angharad' },
          errors: [{ field: 'email', message: 'Enter an email address with an @' }],
        }}
        next={null}
      />
    ),
  },
  { name: 'sign in sent', page: <SignInSentPage email={attendee.email} attempt="a1" form={emptyForm} /> },
  {
    name: 'sign in sent with errors',
    page: <SignInSentPage email={attendee.email} attempt="a1" form={codeError} />,
  },
  { name: 'sign in confirm', page: <SignInConfirmPage action="/sign-in/confirm" fields={{ token: 't' }} /> },
  {
    name: 'sign in elsewhere',
    page: <SignInElsewherePage action="/sign-in/link" token="t" form={codeError} />,
  },
  {
    name: 'second factor',
    page: <SecondFactorPage action="/sign-in/second-factor" form={emptyForm} next={null} />,
  },
  {
    name: 'second factor recovery',
    page: (
      <SecondFactorPage
        action="/sign-in/second-factor"
        form={{
          values: {},
          errors: [{ field: 'recoveryCode', message: 'That recovery code was used already' }],
        }}
        next={null}
      />
    ),
  },
  {
    name: 'enrol second factor',
    page: <EnrolSecondFactorPage action="/x" qrSvg={qrSvg} secret="JBSW Y3DP EHPK 3PXP" form={emptyForm} />,
  },
  {
    name: 'recovery codes',
    page: <RecoveryCodesPage codes={['7K4M-29QD', 'PX3R-M8ZT', '2HVC-6LWN']} next="/console/events" />,
  },
  ...(['ready', 'not-started', 'revoked', 'devices', 'over'] as const).map((standing) => ({
    name: `join ${standing}`,
    page: <JoinPage {...joinProps} standing={standing} />,
  })),
  {
    name: 'account',
    page: <AccountPage {...accountProps} />,
    site: { signedIn: attendee, path: '/account' },
  },
  {
    name: 'account empty',
    page: (
      <AccountPage
        {...accountProps}
        coming={[]}
        past={[]}
        hasSecondFactor={false}
        notice="You are signed out there."
      />
    ),
    site: { signedIn: organiser },
  },
];
