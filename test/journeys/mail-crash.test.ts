import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { BrowserSession } from '../support/browser-session.ts';
import { freePort } from '../support/product.ts';
import { openSmtpSink, type Arrival, type Script } from '../support/smtp-sink.ts';
import { spawnProduct, type SpawnedProduct } from '../support/spawned-product.ts';
import { until } from '../support/until.ts';

describe('mail when things break', function () {
  this.timeout(120_000);
  let dataDirectory: string;
  let product: SpawnedProduct | undefined;
  let closing: (() => Promise<void>)[] = [];

  beforeEach(() => void (dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-mail-'))));
  afterEach(async () => {
    await product?.kill();
    product = undefined;
    await Promise.all(closing.map((close) => close()));
    closing = [];
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const start = async (smtpPort: number) => {
    product = await spawnProduct({
      dataDirectory,
      environment: { SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, MAIL_FROM: 'events@plenary.example' },
    });
    return product;
  };
  const openSink = async (options: {
    port?: number;
    onRecipient?: Script;
    onMessage?: (arrival: Arrival) => void | Promise<void>;
  }) => {
    const sink = await openSmtpSink(options);
    closing.push(sink.close);
    return sink;
  };
  /** The shortest way to one mail: asking for a link to sign in. */
  const askForMail = async (running: SpawnedProduct, email: string) => {
    const { status } = await new BrowserSession(running.url).post('/sign-in', { email });
    expect(status).to.be.below(400);
  };
  const arrivalsAt = (arrivals: readonly Arrival[], address: string) =>
    arrivals.filter(({ to }) => to.includes(address));

  it('arrives after a kill -9 before the mail server said a word', async () => {
    const port = await freePort();
    const silent = await openSilentServer(port);
    const first = await start(port);
    await askForMail(first, 'ada@example.org');
    await until('a connection', () => silent.sockets.length > 0);
    await first.kill();
    await silent.close();
    const sink = await openSink({ port });
    await start(port);
    await until('the mail', () => sink.arrivals.length > 0);
    expect(sink.arrivals).to.have.length(1);
    expect(sink.arrivals[0]!.to).to.deep.equal(['ada@example.org']);
  });

  it('arrives again, as the same mail, after a kill -9 before the server answered the message', async () => {
    let messages = 0;
    const sink = await openSink({ onMessage: () => (++messages === 1 ? new Promise(() => {}) : undefined) });
    const first = await start(sink.port);
    await askForMail(first, 'ada@example.org');
    await until('the message', () => messages === 1);
    await first.kill();
    await start(sink.port);
    await until('the second try', () => sink.arrivals.length === 2);
    const [one, two] = sink.arrivals;
    expect(two!.raw.equals(one!.raw)).to.equal(true);
    expect(one!.parsed.messageId).to.match(/^<sign-in\.[\w-]+@localhost>$/);
  });

  it('arrives at least once, and never as two mails, after a kill -9 on the server’s answer', async () => {
    const sink = await openSink({ onMessage: () => void product?.process.kill('SIGKILL') });
    const first = await start(sink.port);
    await askForMail(first, 'ada@example.org');
    await until('the end of the process', () => first.process.signalCode === 'SIGKILL');
    const quiet = await openSink({});
    const second = await start(quiet.port);
    await askForMail(second, 'grace@example.org');
    await until('a later mail', () => arrivalsAt(quiet.arrivals, 'grace@example.org').length === 1);
    const all = [
      ...arrivalsAt(sink.arrivals, 'ada@example.org'),
      ...arrivalsAt(quiet.arrivals, 'ada@example.org'),
    ];
    expect(all.length).to.be.within(1, 2);
    expect(new Set(all.map(({ parsed }) => parsed.messageId)).size).to.equal(1);
  });

  it('is never sent again once the server’s answer was noted, whatever dies then', async () => {
    const sink = await openSink({});
    const first = await start(sink.port);
    await askForMail(first, 'ada@example.org');
    await until('the note', async () =>
      (await (await fetch(`${first.adminUrl}/metrics`)).text()).includes(
        'kind="mail:ready",result="done"} 1',
      ),
    );
    await first.kill();
    const second = await start(sink.port);
    await askForMail(second, 'grace@example.org');
    await until('a later mail', () => arrivalsAt(sink.arrivals, 'grace@example.org').length === 1);
    expect(arrivalsAt(sink.arrivals, 'ada@example.org')).to.have.length(1);
  });

  it('comes back after 421, gives up after 550, and keeps nobody else waiting', async () => {
    const sink = await openSink({
      onRecipient: (address, time) => {
        if (address === 'later@example.org') return time === 1 ? 421 : null;
        return address === 'never@example.org' ? 550 : null;
      },
    });
    const running = await start(sink.port);
    for (const who of ['never', 'later', 'now']) await askForMail(running, `${who}@example.org`);
    await until('the mail without trouble', () => arrivalsAt(sink.arrivals, 'now@example.org').length === 1);
    await until('the second try', () => arrivalsAt(sink.arrivals, 'later@example.org').length === 1, 30_000);
    expect(sink.asked.get('later@example.org')).to.equal(2);
    expect(sink.asked.get('never@example.org')).to.equal(1);
    expect(sink.arrivals).to.have.length(2);
  });

  it('leaves pages and registrations alone while no mail server can be reached, and hands its work back', async () => {
    const port = await freePort();
    const first = await start(port);
    await askForMail(first, 'ada@example.org');
    expect((await new BrowserSession(first.url).get('/events')).status).to.equal(200);
    expect(await first.stop()).to.equal(0);
    const sink = await openSink({ port });
    await start(port);
    await until('the mail', () => sink.arrivals.length === 1, 30_000);
  });
});

/** Takes connections and never greets. */
async function openSilentServer(
  port: number,
): Promise<{ sockets: Socket[]; server: Server; close(): Promise<void> }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { sockets, server, close };
}
