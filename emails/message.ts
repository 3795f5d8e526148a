import type { Dateline } from '../server/contracts/dateline.ts';

/** What every file in this folder renders. */
export interface Message {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The installation that sends; `url` without a slash at the end. */
export interface MailSite {
  readonly name: string;
  readonly url: string;
}

/** An event as mails name it. */
export interface MailEvent {
  readonly title: string;
  /** Language of the title: "en-GB", "cy". */
  readonly lang: string;
  readonly dateline: Dateline;
  readonly url: string;
  /** `email`: where answers are read; null when nobody reads them. */
  readonly organiser: { readonly name: string; readonly email: string | null };
}

/** "Tuesday 23 March 2027, 09:30 to 16:15 GMT" */
export const whenOf = ({ dateline }: MailEvent): string =>
  `${dateline.date}, ${dateline.times} ${dateline.zone}`;
