import { expect } from 'chai';
import { DeliveryFailure } from '../../../server/platform/outbox/deliver-failure.ts';
import { createThreadedMailer } from '../../../server/platform/mail/send-by-thread.ts';
import { freePort } from '../../support/product.ts';
import { openSmtpSink } from '../../support/smtp-sink.ts';
import { until } from '../../support/until.ts';
import { readyMailWith } from './ready-mails.ts';

const sender = { address: 'events@plenary.example', host: 'plenary.example' };
const failureOf = (sending: Promise<void>) =>
  sending.then(
    () => null,
    (error: unknown) => error,
  );

describe('the thread that sends mail', function () {
  // A thread loads TypeScript anew when it runs from source.
  this.timeout(30_000);

  it('hands mails over, and says of each what the server said', async () => {
    const sink = await openSmtpSink({ onRecipient: (address) => (address.startsWith('no') ? 550 : null) });
    const mailer = createThreadedMailer({ smtpUrl: sink.url, sender, dkim: null });
    const addressed = (address: string) =>
      readyMailWith({ messageId: address.split('@')[0]!, to: { name: '', address } });
    const [taken, refused, unaddressed] = await Promise.all([
      failureOf(mailer.send(addressed('ada@example.org'))),
      failureOf(mailer.send(addressed('nobody@example.org'), { isUrgent: true })),
      failureOf(mailer.send(readyMailWith({ to: { name: '', address: 'a@b>, <c@d' } }))),
    ]);
    expect(taken).to.equal(null);
    expect(refused).to.be.instanceOf(DeliveryFailure).and.to.include({ kind: 'refused' });
    expect(unaddressed).to.be.instanceOf(DeliveryFailure).and.to.include({ kind: 'refused' });
    expect(sink.arrivals.map(({ to }) => to)).to.deep.equal([['ada@example.org']]);
    mailer.close();
    await sink.close();
  });

  it('opens another thread after it was closed with a mail in hand, which fails as if the server had gone', async () => {
    const sink = await openSmtpSink({ onRecipient: (_address, time) => (time === 1 ? 'hang' : null) });
    const mailer = createThreadedMailer({ smtpUrl: sink.url, sender, dkim: null });
    const first = failureOf(mailer.send(readyMailWith()));
    await until('the server to be asked', () => sink.asked.size === 1);
    mailer.close();
    expect(await failureOf(mailer.send(readyMailWith()))).to.equal(null);
    mailer.close();
    await sink.close();
    expect(await first)
      .to.be.instanceOf(DeliveryFailure)
      .and.to.include({ kind: 'unreachable' });
    expect(sink.arrivals).to.have.length(1);
  });

  it('says that nobody is there', async () => {
    const mailer = createThreadedMailer({
      smtpUrl: `smtp://127.0.0.1:${await freePort()}`,
      sender,
      dkim: null,
    });
    expect(await failureOf(mailer.send(readyMailWith()))).to.include({ kind: 'unreachable' });
    mailer.close();
  });
});
