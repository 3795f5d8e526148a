import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import type { SMTPServerOptions } from 'smtp-server';
import { expiredCertificate, testKey } from '../../support/test-certificates.ts';
import { openSetting, type Setting } from './doctor-setting.ts';

describe('the mail doctor, at the mail server', function () {
  this.timeout(20_000);
  let setting: Setting | null = null;
  afterEach(async () => {
    await setting?.close();
    setting = null;
  });

  const open = async (server: SMTPServerOptions = {}) => (setting = await openSetting(server));
  const smtpLines = (lines: readonly string[]) => lines.filter((line) => line.slice(6).startsWith('SMTP'));

  it('connects, speaks TLS and signs in, by STARTTLS and by TLS from the start', async () => {
    for (const secure of [false, true]) {
      const { examine, close } = await openSetting({ secure });
      const lines = smtpLines(await examine());
      expect(lines).to.have.length(2);
      expect(lines[0]).to.match(/^ok {4}SMTP {5}mail\.arrow\.test answers, with TLSv1\.[23]/);
      expect(lines[1]).to.match(/^ok .*user name and password/);
      await close();
    }
  });

  it('names a certificate that is of another name, has expired, or that nobody vouches for', async () => {
    const { examine, zone, port, config, close } = await openSetting();
    zone['smtp.arrow.test'] = { a: ['127.0.0.1'] };
    const otherName = `smtp://plenary:p%40ss@smtp.arrow.test:${port}`;
    expect(smtpLines(await examine({ smtpUrl: otherName }))[0]).to.match(
      /^fail .*certificate of another name/,
    );
    expect(smtpLines(await examine(config, { ca: expiredCertificate }))[0]).to.match(
      /^fail .*nobody vouches for/,
    );
    await close();
    const old = await open({ key: testKey, cert: expiredCertificate });
    expect(smtpLines(await old.examine({}, { ca: expiredCertificate }))[0]).to.match(/^fail .*has expired/);
  });

  it('says that a password is wrong, and never says which', async () => {
    const { examine, port } = await open();
    const smtpUrl = `smtp://plenary:wr0ng-secret@mail.arrow.test:${port}`;
    const lines = smtpLines(await examine({ smtpUrl }));
    expect(lines[1])
      .to.match(/^fail .*refuses our user name and password/)
      .and.include('Correct them in SMTP_URL');
    expect(lines.join('\n')).to.not.include('wr0ng-secret');
  });

  it('will not have a password go in plain text, and says when mail does', async () => {
    const { examine, port } = await open({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: true,
    });
    expect(smtpLines(await examine())[0]).to.match(/^fail .*password would go in plain text/);
    const lines = smtpLines(await examine({ smtpUrl: `smtp://mail.arrow.test:${port}` }));
    expect(lines).to.have.length(1);
    expect(lines[0])
      .to.match(/^warn .*mail goes in plain text/)
      .and.include('smtps://');
  });

  it('says when a server takes small mails only', async () => {
    const { examine } = await open({ size: 50_000 });
    expect(smtpLines(await examine()).join('\n')).to.match(/warn .*no mail above 50000 bytes/);
  });

  it('says when nothing is set, and what is wrong with the rest', async () => {
    const { examine } = await open();
    const lines = await examine({ smtpUrl: null, publicUrl: 'http://events.arrow.test', inbound: null });
    expect(lines.filter((line) => !line.startsWith('ok')).map((line) => line.split('\n')[0])).to.deep.equal([
      'fail  SMTP     No mail leaves: it is kept and shown at /dev/mailbox',
      'fail  Web      http://events.arrow.test is no https address, so one-click unsubscribing does not work',
      'warn  Replies  Nobody reads bounces, complaints and answers to invites',
    ]);
  });

  it('does not wait for a server that hangs, is not there, is none, or has no name', async () => {
    const { examine, zone } = await open();
    const cases: [(socket: Socket) => void, RegExp][] = [
      [() => undefined, /^fail .*does not answer/],
      [(socket) => socket.write('220 hello\r\n'), /^fail .*does not answer/],
      [(socket) => socket.destroy(), /^fail .*cannot be reached/],
      [(socket) => socket.end('554 go away\r\n'), /^fail .*refuses us before we said anything \(554\)/],
      [(socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /^fail /],
    ];
    for (const [answer, wanted] of cases) {
      const { server, port } = await listen(answer);
      const startedAt = performance.now();
      const lines = smtpLines(
        await examine({ smtpUrl: `smtp://mail.arrow.test:${port}` }, { timeoutMs: 300 }),
      );
      expect(lines[0]).to.match(wanted);
      expect(performance.now() - startedAt).to.be.lessThan(3_000);
      server.close();
    }
    const { server, port } = await listen(() => undefined);
    server.close();
    expect(smtpLines(await examine({ smtpUrl: `smtp://mail.arrow.test:${port}` }))[0]).to.match(
      /^fail .*cannot be reached/,
    );
    delete zone['mail.arrow.test'];
    expect(smtpLines(await examine())[0]).to.match(/^fail .*mail\.arrow\.test has no address/);
  });

  async function listen(answer: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      answer(socket);
      // Nothing that a test leaves open may hold the process.
      socket.unref();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { server, port: typeof address === 'object' && address ? address.port : 0 };
  }
});
