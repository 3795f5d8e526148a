import { CancelEventPage } from '../../../client/pages/console/cancel-event.tsx';
import { EventFormPage, type EventFormPageProps } from '../../../client/pages/console/event-form.tsx';
import { ConsoleEventPage, type ConsoleEventPageProps } from '../../../client/pages/console/event.tsx';
import { ConsoleEventsPage } from '../../../client/pages/console/events.tsx';
import {
  ConsoleRegistrationsPage,
  type ConsoleRegistrationRow,
} from '../../../client/pages/console/registrations.tsx';
import { SessionFormPage, type SessionFormPageProps } from '../../../client/pages/console/session-form.tsx';
import { ConsoleSessionsPage, type ConsoleSessionRow } from '../../../client/pages/console/sessions.tsx';
import { SpeakerFormPage } from '../../../client/pages/console/speaker-form.tsx';
import { ConsoleSpeakersPage } from '../../../client/pages/console/speakers.tsx';
import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { ShownPendingUpdate } from '../../../server/contracts/pending-update.ts';
import { emptyForm } from '../../../server/contracts/form-state.ts';
import { speakers } from './event-details.ts';
import type { GalleryPage } from './gallery.ts';
import { organiser } from './site.ts';

export const consoleEvent: ConsoleEvent = {
  title: 'Public Sector Decarbonisation',
  path: '/console/events/e1',
  publicPath: '/events/public-sector-decarbonisation',
  when: 'Tuesday 23 March 2027, 09:30 to 16:15 GMT',
  state: 'upcoming',
};

const pendingUpdate: ShownPendingUpdate = {
  version: 4,
  changes: [
    'Starts 09:30 instead of 09:00',
    '“Heat networks” starts 14:10 instead of 13:40',
    '“A hospital that heats its neighbours” is cancelled',
  ],
  people: 412,
  speakerInvites: 3,
  time: '14:05 GMT',
  isDue: false,
  canEdit: true,
  canUndo: true,
};

export const overviewProps: ConsoleEventPageProps = {
  pendingUpdate: null,
  event: consoleEvent,
  figures: { registered: 438, capacity: 600, sessions: 14, speakers: 22 },
  todo: [
    { text: 'Two sessions have no speaker', path: '/console/events/e1/sessions', action: 'Find speakers' },
  ],
  recent: [
    { time: '9 March, 11:14', text: 'Hannah Osei moved “A hospital that heats its neighbours” to 14:15.' },
  ],
  publicUrl: 'https://events.example/events/public-sector-decarbonisation',
  canPublish: true,
  canCancel: true,
  notice: null,
};

export const eventFormProps: EventFormPageProps = {
  pendingUpdate: null,
  event: consoleEvent,
  action: '/console/events/e1/edit',
  form: {
    values: {
      title: consoleEvent.title,
      summary: 'Two sentences.',
      date: '2027-03-23',
      startTime: '09:30',
      endTime: '16:15',
      timeZone: 'Europe/London',
      capacity: '600',
      topics: ['net-zero'],
      'question-1-label': 'How far along?',
      'question-1-kind': 'choice',
      'question-1-required': 'yes',
      accent: '#0b5c63',
    },
    errors: [],
  },
  topics: [
    { value: 'net-zero', label: 'Net zero' },
    { value: 'housing', label: 'Housing' },
  ],
  timeZones: [
    { value: 'Europe/London', label: 'London' },
    { value: 'Europe/Berlin', label: 'Berlin' },
  ],
  questionRows: 2,
  consentRows: 1,
  faqRows: 2,
  notice: null,
};

const sessionRow: ConsoleSessionRow = {
  id: 's1',
  title: 'Eleven leisure centres, one heat network',
  times: '11:10 to 11:45',
  stage: 'Main stage',
  kind: 'Case study',
  speakers: 'Jo Brannigan, Imran Sheikh',
  needsSpeakers: true,
  warning: null,
  isCancelled: false,
};
const registrationRow: ConsoleRegistrationRow = {
  id: 'r1',
  name: 'Angharad Whitlock',
  email: 'a.whitlock@ardale.gov.uk',
  organisation: 'Ardale Borough Council',
  jobTitle: 'Energy Manager',
  state: 'confirmed',
  intent: null,
  registered: '9 March, 11:14',
  accessNeeds: 'A BSL interpreter on the main stage',
};
const sessionFormProps: SessionFormPageProps = {
  event: consoleEvent,
  sessionId: 's1',
  form: {
    values: {
      title: sessionRow.title,
      kind: 'panel',
      speakers: ['p1'],
      moderators: ['p2'],
      date: '2027-03-23',
    },
    errors: [],
  },
  kinds: [
    { value: 'keynote', label: 'Keynote' },
    { value: 'panel', label: 'Panel' },
  ],
  stages: ['Main stage', 'Workshop stage'],
  speakers: speakers.slice(0, 4).map((speaker, index) => ({ value: `p${index}`, label: speaker.name })),
  zone: 'GMT',
  canRemove: false,
  isCancelled: false,
};
const inviteStates = [
  null,
  { text: 'Invited 9 March, 11:14', isMissing: false },
  { text: 'No email, so no invite', isMissing: true },
];
const mistakes = {
  values: {},
  errors: [
    { field: 'title', message: 'Give the session a title' },
    { field: 'endTime', message: 'Choose an end after the start' },
  ],
};

export const consolePages: readonly GalleryPage[] = [
  {
    name: 'console events',
    page: (
      <ConsoleEventsPage
        sitePages={[{ title: 'Privacy', path: '/console/documents/privacy' }]}
        organiserName="PSE365"
        canCreate
        events={(['draft', 'upcoming', 'starting-soon', 'live', 'ended', 'cancelled'] as const).map(
          (state) => ({ ...consoleEvent, path: `/console/events/${state}`, state, registered: '438 of 600' }),
        )}
      />
    ),
  },
  {
    name: 'console events empty',
    page: <ConsoleEventsPage organiserName="PSE365" canCreate events={[]} sitePages={[]} />,
  },
  { name: 'console event', page: <ConsoleEventPage {...overviewProps} /> },
  {
    name: 'console event with changes to be sent',
    page: <ConsoleEventPage {...overviewProps} pendingUpdate={pendingUpdate} />,
  },
  {
    name: 'console event with many changes, for a viewer',
    page: (
      <ConsoleEventPage
        {...overviewProps}
        pendingUpdate={{
          ...pendingUpdate,
          changes: Array.from({ length: 14 }, (_, index) => `“${'x'.repeat(89)}…” ends 1${index % 10}:00`),
          people: 1,
          canEdit: false,
        }}
      />
    ),
  },
  {
    name: 'console event while its changes are being sent',
    page: (
      <ConsoleEventPage
        {...overviewProps}
        pendingUpdate={{ ...pendingUpdate, isDue: true }}
        notice="Everyone whom the changes concern is being told."
      />
    ),
  },
  {
    name: 'console event form with changes to be sent',
    page: <EventFormPage {...eventFormProps} pendingUpdate={{ ...pendingUpdate, canUndo: false }} />,
  },
  {
    name: 'console sessions with changes to be sent',
    page: (
      <ConsoleSessionsPage
        event={consoleEvent}
        sessions={[sessionRow]}
        notice="Saved."
        pendingUpdate={{ ...pendingUpdate, changes: ['New at 11:10: “Damp”'], speakerInvites: 0 }}
      />
    ),
  },
  {
    name: 'console event draft',
    page: (
      <ConsoleEventPage
        {...overviewProps}
        event={{ ...consoleEvent, state: 'draft' }}
        figures={{ registered: 0, capacity: null, sessions: 0, speakers: 0 }}
        todo={[]}
        recent={[]}
        notice="The event is saved."
      />
    ),
  },
  {
    name: 'console event cancelled',
    page: <ConsoleEventPage {...overviewProps} event={{ ...consoleEvent, state: 'cancelled' }} todo={[]} />,
  },
  { name: 'console event form', page: <EventFormPage {...eventFormProps} notice="Saved." /> },
  {
    name: 'console event form with errors',
    page: (
      <EventFormPage
        {...eventFormProps}
        event={null}
        action="/console/events"
        form={{
          ...eventFormProps.form,
          errors: [
            { field: 'title', message: 'Give the event a name' },
            { field: 'startTime', message: 'This time does not exist that night' },
          ],
        }}
      />
    ),
  },
  {
    name: 'console sessions',
    page: (
      <ConsoleSessionsPage
        event={consoleEvent}
        sessions={[
          sessionRow,
          { ...sessionRow, id: 's2', speakers: '', warning: 'Imran Sheikh is on two stages at this time' },
          { ...sessionRow, id: 's3', isCancelled: true },
        ]}
        notice={null}
        pendingUpdate={null}
      />
    ),
  },
  {
    name: 'console sessions empty',
    page: <ConsoleSessionsPage event={consoleEvent} sessions={[]} notice={null} pendingUpdate={null} />,
  },
  { name: 'console session form', page: <SessionFormPage {...sessionFormProps} /> },
  {
    name: 'console session form with errors',
    page: <SessionFormPage {...sessionFormProps} sessionId={null} form={mistakes} />,
  },
  {
    name: 'console speakers',
    page: (
      <ConsoleSpeakersPage
        event={consoleEvent}
        speakers={speakers.map((speaker, index) => ({
          ...speaker,
          id: `p${index}`,
          sessions: index ? 'Panel on heat' : '',
          invite: inviteStates[index % 3] ?? null,
        }))}
        notice={null}
      />
    ),
  },
  {
    name: 'console speakers empty',
    page: <ConsoleSpeakersPage event={consoleEvent} speakers={[]} notice="The speaker is removed." />,
  },
  {
    name: 'console speaker form',
    page: (
      <SpeakerFormPage
        event={consoleEvent}
        speakerId="p1"
        form={{ values: { name: 'Dr Amina Rahman', email: 'amina.rahman@example.org' }, errors: [] }}
      />
    ),
  },
  {
    name: 'console speaker form with errors',
    page: (
      <SpeakerFormPage
        event={consoleEvent}
        speakerId={null}
        form={{
          values: { email: 'amina' },
          errors: [
            { field: 'name', message: 'Enter a name' },
            { field: 'email', message: 'Enter an email address in the form name@example.org' },
          ],
        }}
      />
    ),
  },
  {
    name: 'console registrations',
    page: (
      <ConsoleRegistrationsPage
        event={consoleEvent}
        summary="438 of 600 places taken"
        registrations={[
          registrationRow,
          { ...registrationRow, id: 'r2', state: 'cancelled', accessNeeds: null },
        ]}
        pages={{ previousPath: null, nextPath: '?page=2', text: '1 to 50 of 438' }}
      />
    ),
  },
  {
    name: 'console registrations with answers',
    page: (
      <ConsoleRegistrationsPage
        event={consoleEvent}
        summary="438 of 600 places taken · In calendars: 212 accepted, 14 maybe, 9 declined"
        registrations={[
          { ...registrationRow, intent: 'accepted' },
          { ...registrationRow, id: 'r2', intent: 'tentative', accessNeeds: null },
          { ...registrationRow, id: 'r3', intent: 'declined', accessNeeds: null },
          { ...registrationRow, id: 'r4', accessNeeds: null },
        ]}
        pages={null}
      />
    ),
  },
  {
    name: 'console registrations empty',
    page: (
      <ConsoleRegistrationsPage event={consoleEvent} summary="Nobody yet" registrations={[]} pages={null} />
    ),
  },
  {
    name: 'console cancel event',
    page: <CancelEventPage event={consoleEvent} peopleTouched={438} form={emptyForm} />,
  },
  {
    name: 'console cancel event unseen',
    page: <CancelEventPage event={consoleEvent} peopleTouched={0} form={emptyForm} />,
  },
].map((entry) => ({ ...entry, site: { signedIn: organiser, path: '/console' } }));
