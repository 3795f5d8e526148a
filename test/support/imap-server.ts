import type { AddressInfo, Socket } from 'node:net';
import createServer from 'hoodiecrow-imap';

/** A real IMAP server on a free port of its own, with one user and the folder that mail moves to if asked for. */
export async function openImapServer({ hasReadFolder = false } = {}) {
  const plenary = { separator: '/', folders: { Read: {} } };
  const server = createServer({
    plugins: ['ID', 'MOVE', 'UIDPLUS', 'LITERALPLUS', 'UNSELECT', 'IDLE'],
    users: { 'replies@plenary.example': { password: 'p@ss/word' } },
    storage: {
      INBOX: { messages: [] },
      '': { separator: '/', folders: hasReadFolder ? { Plenary: plenary } : {} },
    },
  });
  const sockets = new Set<Socket>();
  let connections = 0;
  let isFailing = false;
  server.server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.outputHandlers.push(({ socket }, response) => {
    if (isFailing && JSON.stringify(response).includes('BODY')) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const listOf = (path: string) => server.getMailbox(path).messages;
  return {
    url: `imap://replies%40plenary.example:p%40ss%2Fword@127.0.0.1:${port}/INBOX`,
    connections: () => connections,
    bytesSent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    add: (raw: Buffer): void => void server.appendMessage('INBOX', [], undefined, raw.toString('latin1')),
    /** Whether each mail of a folder is marked as read. */
    seen: (path = 'INBOX') => listOf(path).map(({ flags }) => flags.includes('\\Seen')),
    /** Drops connections now; while `failing`, also at the moment a mail is fetched. */
    drop(failing = false) {
      isFailing = failing;
      for (const socket of sockets) socket.destroy();
    },
    /** The same mails under new numbers, as after a restore from a backup. */
    renumber: () => void (server.getMailbox('INBOX').uidvalidity += 1),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.server.close(resolve));
    },
  };
}

export type ImapServer = Awaited<ReturnType<typeof openImapServer>>;
