// Pooled Nodemailer with messages that are ready made, as a process: signs them with the same key and sends them.
import { createTransport } from 'nodemailer';

export interface ReadyMade {
  to: string;
  raw: string;
}
export type YardstickOrder = { do: 'take'; mails: ReadyMade[] } | { do: 'send' };

const [port, connections, privateKey, headerFieldNames] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const from = 'events@plenary.example';
let mails: { to: string; raw: Buffer }[] = [];

process.once('disconnect', () => process.exit());
process.on('message', (order: YardstickOrder) => {
  if (order.do === 'take') {
    mails = order.mails.map(({ to, raw }) => ({ to, raw: Buffer.from(raw, 'latin1') }));
    process.send?.({ ready: true });
    return;
  }
  void sendAll().then(() => process.send?.({ done: true }));
});
process.send?.({ ready: true });

async function sendAll(): Promise<void> {
  const transport = createTransport({
    pool: true,
    maxConnections: Number(connections),
    maxMessages: 100,
    host: '127.0.0.1',
    port: Number(port),
    dkim: { domainName: 'plenary.example', keySelector: 'bench', privateKey, headerFieldNames },
  });
  await Promise.all(mails.map(({ to, raw }) => transport.sendMail({ envelope: { from, to }, raw })));
  transport.close();
}
