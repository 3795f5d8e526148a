import { Icon } from '../components/icon.tsx';
import { useSite } from './site-context.ts';

export function Masthead() {
  const site = useSite();
  const links = [
    { href: '/events', text: 'What’s on' },
    { href: '/replays', text: 'Watch again' },
    ...(site.signedIn?.isMember ? [{ href: '/console/events', text: 'Console' }] : []),
  ];
  return (
    <header class="masthead">
      <div class="wrap masthead-row">
        <a class="wordmark" href="/">
          {site.name}
        </a>
        <nav aria-label="Main">
          <ul class="plain">
            {links.map((link) => (
              <li key={link.href}>
                <a href={link.href} aria-current={link.href === site.path ? 'page' : undefined}>
                  {link.text}
                </a>
              </li>
            ))}
            <li>
              <MyPlaces />
            </li>
          </ul>
        </nav>
      </div>
    </header>
  );
}

function MyPlaces() {
  const site = useSite();
  const href = site.signedIn ? '/account' : '/sign-in';
  return (
    <a href={href} aria-current={site.path === href ? 'page' : undefined}>
      <Icon name="person" />
      {site.signedIn ? 'My places' : 'Sign in'}
    </a>
  );
}
