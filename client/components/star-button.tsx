import type { Stars } from '../../server/contracts/my-agenda.ts';
import { Icon } from './icon.tsx';

/** Puts a session into the reader's own agenda or takes it out; a form, so that it works without script. */
export function StarButton({ stars, session }: { stars: Stars; session: { id: string; title: string } }) {
  const isStarred = stars.sessionIds.includes(session.id);
  return (
    <form method="post" action={`${stars.action}/${session.id}`} class="star-form" data-enhance="star">
      <input type="hidden" name="isStarred" value={isStarred ? 'no' : 'yes'} />
      <input type="hidden" name="from" value={stars.from} />
      <button class="star" type="submit" aria-pressed={isStarred ? 'true' : 'false'}>
        <Icon name="star" />
        <span>
          My agenda<span class="vh">: {session.title}</span>
        </span>
      </button>
    </form>
  );
}

/** Where the script says what a press did. */
export const StarStatus = () => <p class="vh" role="status" id="star-status" />;
