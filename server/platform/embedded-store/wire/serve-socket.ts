import { createServer, type Socket } from 'node:net';
import { serveConnection, type ServeOptions } from './connection.ts';

export type ListenAddress = { path: string } | { host: string; port: number };

export interface WireServer {
  address: ListenAddress;
  close(): Promise<void>;
}

/** Listens on a Unix socket, or on loopback TCP where those do not exist. */
export function serveSocket(listenOn: ListenAddress, options: ServeOptions): Promise<WireServer> {
  const sockets = new Set<Socket>();
  let lastId = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveConnection(socket, ++lastId, options);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...listenOn, backlog: 1024 }, () => {
      const bound = server.address();
      resolve({
        address: bound && typeof bound === 'object' ? { host: bound.address, port: bound.port } : listenOn,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroySoon();
          }),
      });
    });
  });
}
