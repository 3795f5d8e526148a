import { z } from 'zod';
import { signIn } from '../../emails/sign-in.tsx';
import { readyMail } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { isLinkStillWanted } from './sign-in-link.queries.ts';
import { linkLifeInMinutes } from './sign-in.rules.ts';

const sealedMail = z.object({ email: z.string(), token: z.string(), code: z.string(), path: z.string() });

export const signInJobs = {
  async 'sign-in:requested'({ signInLinkId, sealed }, { at, deps }) {
    // After an outage of the mail server nobody needs a link that has run out.
    if (!(await isLinkStillWanted(signInLinkId, deps.clock.now()))) return;
    const { email, code, path } = sealedMail.parse(JSON.parse(deps.secrets.decrypt('sign-in-mail', sealed)));
    const site = { name: 'Plenary', url: deps.config.publicUrl };
    const message = signIn({ link: site.url + path, code, minutes: linkLifeInMinutes, site });
    const mail = {
      ...message,
      purpose: 'requested' as const,
      messageId: `sign-in.${signInLinkId}`,
      fromName: site.name,
      replyTo: null,
      to: { name: '', address: email },
      invite: null,
    };
    await addOutboxMessages([readyMail(mail, { at, orderKey: null, priority: -1 })]);
  },
} satisfies Pick<OutboxHandlers, 'sign-in:requested'>;
