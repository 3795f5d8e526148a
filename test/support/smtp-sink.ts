import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export interface Arrival {
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly parsed: ParsedMail;
}

/** What the server answers about an address, each time it is asked; null takes the mail. */
export type Script = (address: string, time: number) => number | Said | 'hang' | null;

export interface Said {
  readonly code: number;
  readonly text: string;
}

/** A real mail server on a free port, with answers by address. */
export async function openSmtpSink(options: {
  port?: number;
  onRecipient?: Script;
  /** Asked after the message came in: to answer late, or never. */
  onMessage?: (arrival: Arrival) => Promise<void> | void;
}) {
  const arrivals: Arrival[] = [];
  const asked = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      const time = (asked.get(address) ?? 0) + 1;
      asked.set(address, time);
      const answer = options.onRecipient?.(address, time) ?? null;
      if (answer === 'hang') return;
      if (answer === null) return callback();
      const { code, text } = typeof answer === 'number' ? { code: answer, text: 'As the test says' } : answer;
      callback(Object.assign(new Error(text), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void read(Buffer.concat(chunks), session)
          .then(async (arrival) => {
            arrivals.push(arrival);
            await options.onMessage?.(arrival);
          })
          .then(() => callback(), callback);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    arrivals,
    asked,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function read(raw: Buffer, session: SMTPServerSession): Promise<Arrival> {
  const to = session.envelope.rcptTo.map(({ address }) => address);
  return { to, raw, parsed: await simpleParser(raw) };
}
