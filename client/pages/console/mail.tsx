import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleMailPageProps {
  event: ConsoleEvent;
  filters: readonly { text: string; count: string; path: string; isCurrent: boolean }[];
  /** What was searched for, and the filter that the search keeps. */
  search: { address: string; state: string | null };
  mails: readonly ConsoleMailRow[];
  pages: { previousPath: string | null; nextPath: string | null; text: string } | null;
  /** How many were given up and may be tried again by this member: "3"; null shows no button. */
  retryable: string | null;
  notice: string | null;
}

export interface ConsoleMailRow {
  readonly id: string;
  /** "9 March, 11:14" */
  readonly written: string;
  readonly name: string;
  readonly address: string;
  /** "Confirmation" */
  readonly kind: string;
  readonly subject: string;
  readonly state: string;
  readonly tone: 'plain' | 'good' | 'soon' | 'bad';
  readonly tries: number;
  readonly canRetry: boolean;
}

export function ConsoleMailPage(props: ConsoleMailPageProps) {
  const { event, mails, retryable } = props;
  const path = `${event.path}/mail`;
  return (
    <ConsoleLayout
      title="Mail sent"
      section="mail"
      event={event}
      actions={
        <>
          <a class="button line" href={`${path}/suppressed`}>
            Who is not written to
          </a>
          {retryable && (
            <PostButton
              action={`${path}/retry`}
              text={retryable === '1' ? 'Try the failed one again' : `Try all ${retryable} that failed again`}
              look="line"
            />
          )}
        </>
      }
    >
      {props.notice && <Notice kind="good">{props.notice}</Notice>}
      <Tools {...props} path={path} />
      {mails.length === 0 ? (
        <p class="empty">
          {props.search.address || props.search.state
            ? 'No mail fits this search.'
            : 'No mail yet. Whatever is sent about this event appears here, from the first confirmation on.'}
        </p>
      ) : (
        <table class="table stacks mail-table">
          <thead>
            <tr>
              <th scope="col">To</th>
              <th scope="col">Mail</th>
              <th scope="col">State</th>
              <th scope="col">Written</th>
            </tr>
          </thead>
          <tbody>
            {mails.map((mail) => (
              <Row key={mail.id} mail={mail} path={path} />
            ))}
          </tbody>
        </table>
      )}
      {props.pages && (
        <nav class="pages" aria-label="Pages of the list">
          <p>{props.pages.text}</p>
          {props.pages.previousPath && <a href={props.pages.previousPath}>Previous page</a>}
          {props.pages.nextPath && <a href={props.pages.nextPath}>Next page</a>}
        </nav>
      )}
    </ConsoleLayout>
  );
}

function Tools({ filters, search, path }: ConsoleMailPageProps & { path: string }) {
  return (
    <div class="mail-tools">
      <nav aria-label="Mails by state">
        <ul class="plain">
          {filters.map(({ text, count, path: href, isCurrent }) => (
            <li key={text}>
              <a href={href} aria-current={isCurrent ? 'page' : undefined}>
                {text} <b>{count}</b>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="get" action={path} role="search">
        {search.state && <input type="hidden" name="state" value={search.state} />}
        <label for="mail-address">Address begins with</label>
        <input id="mail-address" type="search" name="address" value={search.address} maxLength={254} />
        <button class="button line small" type="submit">
          Search
        </button>
      </form>
    </div>
  );
}

const icons: Record<ConsoleMailRow['tone'], IconName> = {
  plain: 'clock',
  good: 'check',
  soon: 'clock',
  bad: 'warning',
};

function Row({ mail, path }: { mail: ConsoleMailRow; path: string }) {
  return (
    <tr>
      <th scope="row">
        {mail.name}
        <small>{mail.address}</small>
      </th>
      <td>
        {mail.kind}
        <small>{mail.subject}</small>
      </td>
      <td>
        <p class={`mail-state is-${mail.tone}`}>
          <Icon name={icons[mail.tone]} />
          <span>{mail.state}</span>
        </p>
        {mail.tries > 1 && <small>{mail.tries} tries</small>}
        {mail.canRetry && (
          <form method="post" action={`${path}/${mail.id}/retry`} class="one-button">
            <button class="button line small" type="submit">
              Try again
              <span class="vh">
                : {mail.kind} to {mail.name}
              </span>
            </button>
          </form>
        )}
      </td>
      <td class="when">{mail.written}</td>
    </tr>
  );
}
