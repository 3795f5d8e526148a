import { FormPage, PostButton } from '../../components/form-page.tsx';

export interface CalendarFeedPageProps {
  /** Null until it is made, and after it was switched off. */
  feed: { address: string; webcal: string; google: string } | null;
  /** "Your calendar has a new address." after a change. */
  notice: string | null;
}

/** A calendar of one's own to subscribe to. Whoever knows its address reads it, so it can be replaced. */
export function CalendarFeedPage({ feed, notice }: CalendarFeedPageProps) {
  return (
    <FormPage
      title="My calendar"
      back={{ href: '/account', text: 'My places' }}
      notice={notice}
      lede="One calendar with every event you have a place at and every session you chose. It follows your choice, and what changes in the programme."
    >
      {feed ? <Feed {...feed} /> : <PostButton action="/account/calendar" text="Make my calendar" />}
      <p class="muted">
        Calendar programs look for changes when they like: most within hours, Google every 8 to 24 hours. What
        changes at short notice we email you as well.
      </p>
    </FormPage>
  );
}

function Feed({ address, webcal, google }: NonNullable<CalendarFeedPageProps['feed']>) {
  return (
    <>
      <ul class="plain feed-ways">
        <li>
          <a class="button" href={webcal}>
            Open in my calendar program
          </a>
        </li>
        <li>
          <a class="button line" href={google}>
            Add to Google Calendar
          </a>
        </li>
      </ul>
      <h2>Its address</h2>
      <p>
        In Outlook choose “Add calendar”, then “Subscribe from web”, and paste it. It holds no link that lets
        anybody join, but whoever knows it can read your calendar.
      </p>
      <p class="feed-address">
        <code id="feed-address">{address}</code>{' '}
        <button class="button line small" type="button" data-enhance="copy" data-copies="feed-address" hidden>
          Copy it
        </button>
      </p>
      <h2>Did it reach somebody else?</h2>
      <p>Replace the address and subscribe to the new one. The old one stops at once, everywhere.</p>
      <div class="feed-ends">
        <PostButton action="/account/calendar/replace" text="Replace the address" look="line" />
        <PostButton action="/account/calendar/switch-off" text="Switch it off" look="danger" />
      </div>
    </>
  );
}
