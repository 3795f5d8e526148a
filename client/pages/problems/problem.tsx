import { PlateCover } from '../../components/plate-cover.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface ProblemPageProps {
  status: number;
  /** One sentence that says more than the page would by itself. */
  detail: string | null;
  /** For a person who writes in: finds the request in the log. */
  requestId: string | null;
}

interface Words {
  heading: string;
  sentence: string;
  way: { href: string; text: string };
}

const home = { href: '/', text: 'Go to the home page' };
const events = { href: '/events', text: 'See what’s on' };
const signIn = { href: '/sign-in', text: 'Sign in' };

const words: Readonly<Record<number, Words>> = {
  400: {
    heading: 'That did not come through',
    sentence: 'Something in the request was not as it should be. Go back and try once more.',
    way: home,
  },
  401: {
    heading: 'Sign in first',
    sentence: 'This page belongs to someone. Sign in and you are brought back.',
    way: signIn,
  },
  403: {
    heading: 'This page is not yours to open',
    sentence: 'You may be signed in with another email than the one it belongs to.',
    way: { href: '/account', text: 'Go to My places' },
  },
  404: {
    heading: 'There is no page here',
    sentence: 'The address may be mistyped, or what stood here has gone.',
    way: events,
  },
  409: {
    heading: 'That is not possible now',
    sentence: 'What you were changing has changed since. Look at it again, then make your change.',
    way: home,
  },
  410: {
    heading: 'This link has done its work',
    sentence: 'It was used already, or its time ran out. Ask for a new one.',
    way: signIn,
  },
  413: {
    heading: 'That is too large',
    sentence: 'What was sent is larger than this page takes. Send less of it.',
    way: home,
  },
  415: {
    heading: 'That kind of file does not fit here',
    sentence: 'This page does not take what was sent to it.',
    way: home,
  },
  422: {
    heading: 'Some answers need another look',
    sentence: 'Go back, look through what you typed and send it again.',
    way: home,
  },
  429: {
    heading: 'A little slower, please',
    sentence: 'There were many tries in a short time. Wait a minute, then try again.',
    way: home,
  },
  500: {
    heading: 'Something went wrong on our side',
    sentence: 'It is not you. We have been told, and nothing you saved is lost.',
    way: home,
  },
  503: {
    heading: 'Back in a moment',
    sentence: 'The site is starting again or very busy. Wait a little, then load this page again.',
    way: home,
  },
};

const unknown: Words = { heading: 'Something went wrong', sentence: 'Go back and try once more.', way: home };

export function ProblemPage({ status, detail, requestId }: ProblemPageProps) {
  const { heading, sentence, way } = words[status] ?? unknown;
  return (
    <PublicLayout title={heading} hidden>
      <PlateCover seed={`problem-${status}`}>
        <p class="problem-code">
          <span class="vh">Problem </span>
          {status}
        </p>
        <h1>{heading}</h1>
        <p class="lede">{detail ?? sentence}</p>
        <p>
          <a class="button big" href={way.href}>
            {way.text}
          </a>
        </p>
        {requestId && (
          <p class="small muted">
            If you write to us about this, give the number <code>{requestId}</code>
          </p>
        )}
      </PlateCover>
    </PublicLayout>
  );
}
