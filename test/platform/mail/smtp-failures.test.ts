import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { createCapturingMailer } from '../../../server/platform/mail/capture-mail.ts';
import { listCapturedMails } from '../../../server/platform/mail/captured-mail.ts';
import { createSmtpMailer } from '../../../server/platform/mail/send-by-smtp.ts';
import { DeliveryFailure } from '../../../server/platform/outbox/deliver-failure.ts';
import { openProduct } from '../../support/product.ts';
import { openSmtpSink } from '../../support/smtp-sink.ts';
import { ics, readyMailWith } from './ready-mails.ts';

const sender = { address: 'events@plenary.example', host: 'events.example.org' };

/** Answers each line of a client by a rule; `null` drops the connection. */
async function openScript(greeting: string, answer: (line: string) => string | null) {
  const server: Server = createServer((socket: Socket) => {
    let isData = false;
    let rest = '';
    socket.on('error', () => undefined);
    socket.write(`${greeting}\r\n`);
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (isData && line !== '.') continue;
        const said = answer(line);
        isData = line === 'DATA';
        if (said === null) return void socket.destroy();
        socket.write(`${said}\r\n`);
        // What comes next is the client's first word of TLS.
        if (line === 'STARTTLS') return void socket.once('data', () => socket.destroy());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, close: () => void server.close() };
}

const willing = (line: string): string => {
  if (/^EHLO/.test(line)) return '250 here';
  return line === 'DATA' ? '354 go on' : '250 ok';
};

describe('mail servers that misbehave', () => {
  const outcomeWith = async (greeting: string, answer: (line: string) => string | null) => {
    const server = await openScript(greeting, answer);
    const mailer = createSmtpMailer(server.url, sender);
    const error = await mailer.send(readyMailWith({})).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    mailer.close();
    server.close();
    return error;
  };
  const kindWith = async (...script: Parameters<typeof outcomeWith>) => {
    const error = await outcomeWith(...script);
    expect(error).to.be.instanceOf(DeliveryFailure);
    return (error as DeliveryFailure).kind;
  };

  it('are left alone for now when they say 421 or 451, wherever they say it', async () => {
    expect(await kindWith('421 too many connections', willing)).to.equal('busy');
    for (const command of ['MAIL', 'RCPT', 'DATA', '.'])
      for (const code of [421, 451])
        expect(
          await kindWith('220 here', (line) => (line.startsWith(command) ? `${code} later` : willing(line))),
          `${code} to ${command}`,
        ).to.equal('busy');
  });

  it('are believed when they say 550, 552 or 554 for good', async () => {
    for (const command of ['RCPT', '.'])
      for (const code of [550, 552, 554])
        expect(
          await kindWith('220 here', (line) => (line.startsWith(command) ? `${code} no` : willing(line))),
          `${code} to ${command}`,
        ).to.equal('refused');
  });

  it('are tried again when they drop the connection, before, during or after the message', async () => {
    for (const command of ['EHLO', 'MAIL', 'RCPT', 'DATA', '.'])
      expect(
        await kindWith('220 here', (line) => (line.startsWith(command) ? null : willing(line))),
        command,
      ).to.equal('unreachable');
  });

  it('are tried again when they drop TLS in the middle', async () => {
    const answer = (line: string) => {
      if (/^EHLO/.test(line)) return '250-here\r\n250 STARTTLS';
      return line === 'STARTTLS' ? '220 go on' : null;
    };
    expect(await kindWith('220 here', answer)).to.equal('unreachable');
  });

  it('are sent the very bytes that would be captured', async () => {
    const product = await openProduct({ worker: false });
    const sink = await openSmtpSink({});
    const mailer = createSmtpMailer(sink.url, sender);
    const mail = readyMailWith({ invite: { method: 'REQUEST', ics }, threadOf: 'confirmed.0' });
    await mailer.send(mail);
    await createCapturingMailer(sender).send(mail);
    const [captured] = await listCapturedMails(1);
    expect(sink.arrivals[0]!.raw.toString('latin1')).to.equal(captured!.raw);
    expect(captured!.raw).to.include('In-Reply-To: <confirmed.0@events.example.org>');
    expect(captured!.raw).to.include('References: <confirmed.0@events.example.org>');
    expect(captured!.raw).not.to.include('List-Unsubscribe');
    mailer.close();
    await sink.close();
    await product.close();
  });
});
