import { ConsoleAttendancePage } from '../../../client/pages/console/attendance.tsx';
import {
  ConsoleFeedbackPage,
  type ConsoleFeedbackPageProps,
} from '../../../client/pages/console/feedback.tsx';
import { createSelfTest, type SelfTest } from '../../../client/islands/self-test/self-test.store.ts';
import { SelfTestView } from '../../../client/islands/self-test/self-test.tsx';
import { PublicLayout } from '../../../client/layouts/public-layout.tsx';
import { SelfTestPage } from '../../../client/pages/live/self-test.tsx';
import { LiveExportsPage } from '../../../client/pages/console/live-exports.tsx';
import { SessionResourcesPage } from '../../../client/pages/console/session-resources.tsx';
import { AttendancePage } from '../../../client/pages/registration/attendance.tsx';
import { FeedbackPage, type FeedbackPageProps } from '../../../client/pages/registration/feedback.tsx';
import { emptyForm } from '../../../server/contracts/form-state.ts';
import { consoleEvent } from './console-pages.tsx';
import { event } from './events.ts';
import type { GalleryPage } from './gallery.ts';
import { organiser } from './site.ts';

const named = { slug: event.slug, title: event.title };

export const feedbackProps: FeedbackPageProps = {
  event: named,
  state: 'open',
  opensAt: 'Tuesday 23 March 2027, 15:40 GMT',
  closesAt: 'Tuesday 6 April 2027, 16:15 BST',
  form: emptyForm,
  isSaved: false,
};

export const consoleFeedbackProps: ConsoleFeedbackPageProps = {
  event: consoleEvent,
  count: 112,
  average: '4.3',
  marks: [5, 4, 3, 2, 1].map((mark, index) => ({
    mark,
    people: [60, 36, 11, 3, 2][index] ?? 0,
    percent: [54, 32, 10, 3, 2][index] ?? 0,
  })),
  answers: [
    {
      id: 'f1',
      overall: 5,
      useful: 'Real bills, from a real boiler house.\nNobody shows those.',
      better: 'Longer breaks.',
      mayQuote: true,
      name: 'Angharad Whitlock',
    },
    { id: 'f2', overall: 2, useful: '', better: `No${'o'.repeat(120)}`, mayQuote: false, name: null },
  ],
  pages: { previousPath: null, nextPath: '/console/events/e1/feedback?page=2', text: 'Page 1 of 3' },
  canExport: true,
};

const attended = [
  { id: 's1', title: 'A hospital that heats its neighbours', kind: 'live' as const, minutes: '42 minutes' },
  { id: 's1', title: 'A hospital that heats its neighbours', kind: 'replay' as const, minutes: '1 minute' },
  { id: 's2', title: 'Heat networks', kind: 'live' as const, minutes: 'less than a minute' },
];
const counted = { title: 'Heat networks', times: '13:40 to 14:20', averageMinutes: 31 };

const hurried = () => Promise.resolve();

/** The island as it is while somebody uses it. */
async function selfTestAfter(use: (test: SelfTest) => Promise<void> | void, opens: string[] = []) {
  const test = createSelfTest({
    tryTransport: (name) => Promise.resolve(opens.includes(name)),
    playTone: () => Promise.resolve(true),
    pause: hurried,
  });
  test.start();
  await use(test);
  return (
    <PublicLayout title="Try it out">
      <h1>Try it out before the day</h1>
      <SelfTestView test={test} />
    </PublicLayout>
  );
}

const selfTests: readonly GalleryPage[] = [
  {
    name: 'self-test asked',
    page: await selfTestAfter(async (test) => {
      await Promise.all([test.checkConnection(), test.playSound(), test.showCaptions()]);
    }),
  },
  {
    name: 'self-test passed',
    page: await selfTestAfter(
      async (test) => {
        await Promise.all([test.checkConnection(), test.showCaptions()]);
        test.answerSound(true);
        test.answerCaptions(false);
      },
      ['polling'],
    ),
  },
];

/** What goes with the day itself: trying it out before, and what is left after. */
export const dayPages: readonly GalleryPage[] = [
  { name: 'self-test', page: <SelfTestPage event={named} host="events.example.org" port="443" /> },
  ...selfTests,
  ...[emptyForm, { values: {}, errors: [{ field: 'file', message: 'Choose a file' }] }].map((form) => ({
    name: form === emptyForm ? 'console session resources' : 'console session resources with errors',
    page: (
      <SessionResourcesPage
        event={consoleEvent}
        session={{ id: 's1', title: 'Heat networks', revision: 3 }}
        form={form}
        rows={8}
        files={[{ id: 'f1', title: 'The slides', size: '1.2 MB', path: '/live-files/e1/f1.pdf' }]}
        notice={null}
      />
    ),
    site: { signedIn: organiser, path: '/console' },
  })),
  {
    name: 'live exports',
    page: (
      <LiveExportsPage
        event={consoleEvent}
        files={[
          {
            file: 'chat.csv',
            title: 'Chat',
            holds: 'Every message that was not deleted, also backstage',
            count: '1,412 messages',
          },
          {
            file: 'polls.csv',
            title: 'Poll results',
            holds: 'How often each answer was given; nobody sees who voted how',
            count: '1 poll',
          },
        ]}
      />
    ),
    site: { signedIn: organiser, path: '/console' },
  },
  {
    name: 'attendance',
    page: <AttendancePage registrationId="r1" event={named} sessions={attended} total="42 minutes" />,
  },
  {
    name: 'attendance empty',
    page: <AttendancePage registrationId="r1" event={named} sessions={[]} total={null} />,
  },
  { name: 'feedback', page: <FeedbackPage {...feedbackProps} /> },
  {
    name: 'feedback with errors',
    page: (
      <FeedbackPage
        {...feedbackProps}
        form={{
          values: { useful: 'The bills' },
          errors: [{ field: 'overall', message: 'Choose how the day was for you' }],
        }}
      />
    ),
  },
  {
    name: 'feedback saved',
    page: (
      <FeedbackPage
        {...feedbackProps}
        isSaved
        form={{ values: { overall: '4', useful: 'The bills', mayQuote: 'yes' }, errors: [] }}
      />
    ),
  },
  { name: 'feedback too early', page: <FeedbackPage {...feedbackProps} state="too-early" /> },
  { name: 'feedback closed', page: <FeedbackPage {...feedbackProps} state="closed" /> },
  {
    name: 'console feedback',
    page: <ConsoleFeedbackPage {...consoleFeedbackProps} />,
    site: { signedIn: organiser, path: '/console' },
  },
  {
    name: 'console feedback empty',
    page: (
      <ConsoleFeedbackPage {...consoleFeedbackProps} count={0} average={null} answers={[]} pages={null} />
    ),
    site: { signedIn: organiser, path: '/console' },
  },
  {
    name: 'console attendance',
    page: (
      <ConsoleAttendancePage
        event={consoleEvent}
        people={391}
        canExport
        sessions={[
          { id: 's1', people: 388, replayPeople: 12, ...counted },
          { id: 's2', people: 0, replayPeople: 0, ...counted },
        ]}
      />
    ),
    site: { signedIn: organiser, path: '/console' },
  },
  {
    name: 'console attendance empty',
    page: <ConsoleAttendancePage event={consoleEvent} people={0} canExport={false} sessions={[]} />,
    site: { signedIn: organiser, path: '/console' },
  },
];
