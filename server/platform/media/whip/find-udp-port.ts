import { createSocket } from 'node:dgram';

/** Resolves with the port, or for 0 with one that is free; null when somebody else has it. */
export function findUdpPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createSocket('udp4');
    probe.once('error', () => {
      probe.close();
      resolve(null);
    });
    probe.bind(port, () => {
      const { port: bound } = probe.address();
      probe.close(() => resolve(bound));
    });
  });
}
