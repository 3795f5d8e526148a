import { useSite } from './site-context.ts';

export function Footer() {
  const site = useSite();
  const help = [
    { href: '/account', text: 'My places' },
    { href: '/sign-in', text: 'Find my join link' },
    ...(site.mailboxPath ? [{ href: site.mailboxPath, text: 'Captured mail' }] : []),
  ];
  return (
    <footer class="footer">
      <div class="wrap">
        <div class="footer-grid">
          <p class="promise">
            We email you about the events you book, and nothing else unless you ask us to.
          </p>
          <FooterList
            id="footer-events"
            title="Events"
            links={[
              { href: '/events', text: 'What’s on' },
              { href: '/replays', text: 'Watch again' },
              { href: '/events.ics', text: 'Calendar feed (.ics)' },
              { href: '/events.rss', text: 'News feed (RSS)' },
            ]}
          />
          <FooterList id="footer-help" title="Help" links={help} />
          <FooterList
            id="footer-rights"
            title="Your rights"
            links={[
              { href: '/privacy', text: 'Privacy' },
              { href: '/accessibility', text: 'Accessibility statement' },
              { href: '/terms', text: 'Terms' },
            ]}
          />
        </div>
        <div class="footer-base">
          <p>
            © {site.now.slice(0, 4)} {site.name}
          </p>
          <p>Run on Plenary, open-source events software</p>
        </div>
      </div>
    </footer>
  );
}

interface FooterListProps {
  id: string;
  title: string;
  links: readonly { href: string; text: string }[];
}

function FooterList({ id, title, links }: FooterListProps) {
  return (
    <nav aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="plain">
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href}>{link.text}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
