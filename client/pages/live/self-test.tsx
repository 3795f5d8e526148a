import { BackLink } from '../../components/back-link.tsx';
import { createSelfTest } from '../../islands/self-test/self-test.store.ts';
import { SelfTestView } from '../../islands/self-test/self-test.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface SelfTestPageProps {
  event: { slug: string; title: string };
  /** "events.example.org" */
  host: string;
  /** "443" */
  port: string;
}

const whileRendering = () => Promise.reject(new Error('Nothing is tested while rendering'));

/** For a quiet minute before the day; anybody may use it, with or without a place. */
export function SelfTestPage({ event, host, port }: SelfTestPageProps) {
  const test = createSelfTest({
    tryTransport: whileRendering,
    playTone: whileRendering,
    pause: whileRendering,
  });
  return (
    <PublicLayout title={`Try it out: ${event.title}`} hidden page="wrap narrow-page">
      <BackLink href={`/events/${event.slug}`} text={event.title} />
      <div class="form-col alone">
        <h1>Try it out before the day</h1>
        <p class="lede">
          On the computer and the network you will use. It takes two minutes, and nothing is kept.
        </p>
        <div data-island="self-test" data-props="{}">
          <SelfTestView test={test} />
        </div>
        <section class="self-test-step" aria-labelledby="proxy">
          <h2 id="proxy">If your network is strict</h2>
          <p>
            Offices and hospitals often look into what comes and goes. Then the live room may be slow, or lose
            its connection every minute. Try these in turn:
          </p>
          <ul>
            <li>Leave the VPN, if your rules allow it.</li>
            <li>Use another browser. Some add-ons that block advertising block the live room too.</li>
            <li>Use another network, such as your phone’s.</li>
            <li>Ask your IT team a few days before. You can send them this:</li>
          </ul>
          <p class="it-text" id="it-text">
            Please allow {host}, TCP port {port}, for an online event: HTTPS, and WebSocket on the same port
            (wss://{host}
            {port === '443' ? '' : `:${port}`}/socket.io/). Connections stay open for the whole day, so please
            exempt them from TLS inspection, from buffering and from time limits on idle connections (we send
            something every 20 seconds). No other host or port is needed.
          </p>
          <button class="button line small" type="button" data-enhance="copy" data-copies="it-text" hidden>
            Copy the text
          </button>
        </section>
      </div>
    </PublicLayout>
  );
}
