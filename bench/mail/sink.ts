// A mail server that takes everything, as a process: tells when so many came in, and when one address got its mail.
import { SMTPServer } from 'smtp-server';

export type SinkOrder =
  { do: 'count'; until: number; keep: boolean } | { do: 'kept' } | { do: 'watch'; address: string };

let count = 0;
let until = Infinity;
let isKept = false;
let kept: { to: string; raw: string }[] = [];
let watched = '';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  maxClients: 100,
  onData(stream, session, callback) {
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (isKept) kept.push({ to, raw: Buffer.concat(chunks).toString('latin1') });
      if (to === watched) process.send?.({ arrived: to });
      count += 1;
      if (count === until) process.send?.({ count });
      callback();
    });
  },
});

process.once('disconnect', () => process.exit());
process.on('message', (order: SinkOrder) => {
  if (order.do === 'count') {
    count = 0;
    until = order.until;
    isKept = order.keep;
    process.send?.({ ready: true });
  }
  if (order.do === 'watch') {
    watched = order.address;
    process.send?.({ ready: true });
  }
  if (order.do === 'kept') {
    process.send?.({ kept });
    kept = [];
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
