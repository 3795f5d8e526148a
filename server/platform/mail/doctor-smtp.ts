import type { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { finding, type Finding } from './doctor-finding.ts';

export interface SmtpTarget {
  readonly smtpUrl: string;
  /** Where the host of the URL is. */
  readonly address: string;
  /** Certificates to trust besides the usual ones. */
  readonly ca?: string;
  /** For each step; three times that in all. */
  readonly timeoutMs?: number;
}

/** Largest mail that we may have to send: a confirmation with its invite stays far below. */
const wantedSize = 1_000_000;

/** Connects, speaks TLS and signs in, as delivery does, and sends nothing. */
export async function examineSmtp(target: SmtpTarget): Promise<Finding[]> {
  const { hostname, port, protocol, username, password } = new URL(target.smtpUrl);
  const isImplicitTls = protocol === 'smtps:';
  const timeout = target.timeoutMs ?? 5_000;
  const host = hostname.replace(/^\[|\]$/g, '');
  const connection = new SMTPConnection({
    host: target.address,
    port: port ? Number(port) : isImplicitTls ? 465 : 587,
    secure: isImplicitTls,
    tls: { servername: host, ...(target.ca ? { ca: target.ca } : {}) },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as SMTPConnection.Options);
  const deadline = AbortSignal.timeout(timeout * 3);
  try {
    await within(deadline, connection, (done) => connection.connect(done));
    const findings = [...examineChannel(connection, host, username !== ''), ...examineSize(connection)];
    if (username === '') return findings;
    const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    return [...findings, await signIn(connection, credentials, deadline)];
  } catch (error) {
    return [connectionProblem(error, host)];
  } finally {
    connection.close();
  }
}

async function signIn(
  connection: SMTPConnection,
  credentials: { user: string; pass: string },
  deadline: AbortSignal,
): Promise<Finding> {
  try {
    await within(deadline, connection, (done) => connection.login({ credentials }, done));
    return finding('ok', 'SMTP', 'It takes our user name and password');
  } catch {
    return finding(
      'fail',
      'SMTP',
      'It refuses our user name and password',
      'Correct them in SMTP_URL; write @ : / in them as %40 %3A %2F.',
    );
  }
}

// What was agreed on while connecting; Nodemailer keeps it to itself.
type Inner = {
  readonly secure: boolean;
  readonly _socket?: Partial<TLSSocket>;
  readonly _maxAllowedSize?: number;
};
const inner = (connection: SMTPConnection) => connection as unknown as Inner;

function examineChannel(connection: SMTPConnection, host: string, signsIn: boolean): Finding[] {
  const { secure, _socket } = inner(connection);
  if (!secure)
    return [
      finding(
        signsIn ? 'fail' : 'warn',
        'SMTP',
        signsIn
          ? `${host} offers no TLS, so our password would go in plain text`
          : `${host} offers no TLS: mail goes in plain text`,
        'Use smtps:// with port 465, or a server that offers STARTTLS.',
      ),
    ];
  const version = _socket?.getProtocol?.() ?? 'TLS';
  return [finding('ok', 'SMTP', `${host} answers, with ${version} and a certificate for its name`)];
}

function examineSize(connection: SMTPConnection): Finding[] {
  const size = inner(connection)._maxAllowedSize ?? 0;
  if (size === 0 || size >= wantedSize) return [];
  return [
    finding('warn', 'SMTP', `It takes no mail above ${size} bytes`, 'Ask its operator for at least 1 MB.'),
  ];
}

function connectionProblem(error: unknown, host: string): Finding {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const message = error instanceof Error ? error.message : '';
  const certificate = certificateProblem(error, message);
  if (certificate)
    return finding(
      'fail',
      'SMTP',
      `${host} ${certificate}`,
      'Use the name that the certificate is for, or let its operator renew it.',
    );
  if (typeof responseCode === 'number')
    return finding(
      'fail',
      'SMTP',
      `${host} refuses us before we said anything (${responseCode})`,
      'Ask its operator whether this machine may connect.',
    );
  if (/ssl|tls|handshake|wrong version/i.test(message))
    return finding(
      'fail',
      'SMTP',
      `${host} does not agree on TLS 1.2 or newer`,
      'smtps:// is for port 465 and smtp:// for 587; else the server must be brought up to date.',
    );
  const why = code === 'ETIMEDOUT' || code === 'ETIME' ? 'does not answer' : 'cannot be reached';
  return finding(
    'fail',
    'SMTP',
    `${host} ${why}`,
    'Check host and port in SMTP_URL, and the firewalls between here and there.',
  );
}

function certificateProblem(error: unknown, message: string): string | null {
  const cause = (error as { cause?: { code?: unknown } }).cause?.code;
  const text = `${typeof cause === 'string' ? cause : ''} ${message}`;
  if (/ALTNAME|altnames/i.test(text)) return 'shows a certificate of another name';
  if (/HAS_EXPIRED|has expired/i.test(text)) return 'shows a certificate that has expired';
  if (/SELF_SIGNED|self.signed|UNABLE_TO_(GET|VERIFY)|unable to (get|verify)/i.test(text))
    return 'shows a certificate that nobody vouches for';
  return null;
}

/** Ends with the step, the first error of the connection, or the deadline. */
function within(
  deadline: AbortSignal,
  connection: SMTPConnection,
  step: (done: (error?: Error | null) => void) => void,
) {
  return new Promise<void>((resolve, reject) => {
    const tooLate = () => reject(Object.assign(new Error('No answer in time'), { code: 'ETIME' }));
    if (deadline.aborted) return tooLate();
    deadline.addEventListener('abort', tooLate, { once: true });
    connection.once('error', reject);
    connection.once('end', () =>
      reject(Object.assign(new Error('Connection ended'), { code: 'ECONNECTION' })),
    );
    step((error) => (error ? reject(error) : resolve()));
  });
}
