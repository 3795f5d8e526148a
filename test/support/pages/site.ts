import type { Site } from '../../../client/layouts/site-context.ts';

export const site: Site = {
  name: 'PSE365',
  publicUrl: 'https://events.example',
  path: '/',
  assets: { styles: [], script: null },
  signedIn: null,
  mailboxPath: null,
  now: '2027-03-09T11:08:00.000Z',
};

export const attendee = { email: 'a.whitlock@ardale.gov.uk', isMember: false };
export const organiser = { email: 'hannah.osei@pse365.example', isMember: true };
