import type { SessionKind } from '../contracts/session-form.ts';

/** Who speaks, by a key of the demo's own. Every person and organisation is made up. */
export interface DemoSpeaker {
  readonly name: string;
  readonly jobTitle: string;
  readonly organisation: string;
  readonly pronouns?: string;
  /** Two have one, to show what speakers get; a mailbox full of it would show nothing. */
  readonly email?: string;
  readonly note?: string;
  /** Markdown; a plain one is made from the role where there is none. */
  readonly bio?: string;
}

/** Start, minutes, kind, stage (0 is every stage), title, speakers, summary. */
export type DemoSession = readonly [
  start: string,
  minutes: number,
  kind: SessionKind,
  stage: 0 | 1 | 2,
  title: string,
  speakers?: readonly string[],
  summary?: string,
];

export interface DemoEvent {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly topics: readonly string[];
  readonly stages: readonly string[];
  readonly startTime: string;
  readonly endTime: string;
  readonly capacity: number | null;
  readonly registrations: number;
  readonly agenda: readonly DemoSession[];
  readonly questions: readonly {
    readonly label: string;
    readonly kind: 'text' | 'choice' | 'multiple-choice';
    readonly options?: readonly string[];
    readonly isRequired?: boolean;
  }[];
  readonly consents: readonly { readonly purpose: string; readonly wording: string }[];
  readonly faqs: readonly { readonly question: string; readonly answer: string }[];
}

export const commonFaqs = [
  {
    question: 'Is it really free?',
    answer: 'Yes. There is nothing to pay, before or after, for anybody.',
  },
  {
    question: 'Do I have to stay all day?',
    answer: 'No. Come for one session or for all of them. The agenda says what is on when.',
  },
  {
    question: 'Will it work on my council laptop?',
    answer:
      'It runs in **Edge, Chrome, Firefox or Safari** with nothing to install, over the same port as any website.',
  },
  {
    question: 'What happens to my details?',
    answer:
      'We use them to run the event. Nobody else gets them unless you tick a box that names them. The [privacy page](/privacy) fits on one screen.',
  },
];

export const newsletter = {
  purpose: 'newsletter',
  wording: 'PSE365 may email me once a month about events like this one. I can stop that at any time.',
};
