import type { Dateline } from '../../../server/contracts/dateline.ts';
import { PostButton } from '../../components/form-page.tsx';
import { When } from '../../components/local-time.tsx';
import { PlateCover } from '../../components/plate-cover.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

/** Behind a personal join link, which opens one live room and nothing else. */
export interface JoinPageProps {
  /** 'devices': the place is already open on as many devices as it may be. */
  standing: 'ready' | 'not-started' | 'revoked' | 'devices' | 'over';
  event: { slug: string; title: string; dateline: Dateline };
  /** First name, for a friendly word; '' when unknown. */
  name: string;
  action: string;
  fields: Readonly<Record<string, string>>;
}

export function JoinPage({ standing, event, name, action, fields }: JoinPageProps) {
  const title =
    standing === 'revoked'
      ? 'This link no longer works'
      : standing === 'over'
        ? 'This event is over'
        : `Join ${event.title}`;
  return (
    <PublicLayout title={title} hidden>
      <PlateCover seed={event.slug}>
        <h1>{title}</h1>
        <p class="lede">
          <When dateline={event.dateline} />
        </p>
        <JoinWords standing={standing} name={name} />
        {(standing === 'ready' || standing === 'not-started' || standing === 'devices') && (
          <PostButton
            action={action}
            fields={fields}
            text={standing === 'devices' ? 'Watch here instead' : 'Join'}
          />
        )}
        <p>
          <a class="more" href={`/events/${event.slug}`}>
            See the event’s page
          </a>
        </p>
      </PlateCover>
    </PublicLayout>
  );
}

function JoinWords({ standing, name }: Pick<JoinPageProps, 'standing' | 'name'>) {
  switch (standing) {
    case 'ready':
      return (
        <p>{name ? `Welcome, ${name}. ` : ''}This link is yours alone: anyone who has it takes your place.</p>
      );
    case 'not-started':
      return (
        <p>{name ? `Welcome, ${name}. ` : ''}It has not started yet. You can go in now and wait there.</p>
      );
    case 'devices':
      return (
        <p>Your place is already open on two devices. If you go on, the one that came first is let go.</p>
      );
    case 'revoked':
      return (
        <p>
          Your place may have been passed on or cancelled. <a href="/sign-in">Sign in with your email</a> to
          see where it stands.
        </p>
      );
    case 'over':
      return <p>What was recorded can be watched from the event’s page.</p>;
  }
}
