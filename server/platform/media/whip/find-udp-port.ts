import { createSocket } from 'node:dgram';

/** Resolves with the port, or for 0 with one that is free; null when somebody else has it. */
export function findUdpPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(null);
    });
    socket.bind(port, () => {
      const { port: bound } = socket.address();
      socket.close(() => resolve(bound));
    });
  });
}
