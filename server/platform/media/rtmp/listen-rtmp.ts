import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Logger } from '../../logging/create-logger.ts';
import { systemClock, type Clock } from '../../time/clock.ts';
import type { Admit } from '../publishing.ts';
import type { Certificate } from './follow-certificate.ts';
import { guardAddresses } from './guard-addresses.ts';
import { rtmpLimits, type RtmpLimits } from './rtmp-limits.ts';
import { serveConnection } from './serve-connection.ts';

export interface RtmpListenOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  readonly admit: Admit;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** PEM. With it this port speaks RTMPS, and nothing else. */
  readonly tls?: Certificate;
  readonly limits?: Partial<RtmpLimits>;
}

export interface RtmpListener {
  readonly port: number;
  /** RTMPS: whoever connects from now on is shown this one. Who is connected stays. */
  renew(certificate: Certificate): void;
  /** Cuts every encoder and frees the port. */
  stop(): Promise<void>;
}

/** Takes pictures in by RTMP, or by RTMPS with `tls`. Rejects when the port is taken. */
export async function listenRtmp(options: RtmpListenOptions): Promise<RtmpListener> {
  const { admit, logger, clock = systemClock, tls } = options;
  const limits = { ...rtmpLimits, ...options.limits };
  const guard = guardAddresses(limits.maxWaitingPerAddress, clock);
  const open = new Map<Socket, { close(why: string): void }>();
  let lastNumber = 0;

  const take = (connection: Socket) => {
    // Without a listener the error of a connection that is turned away would end the process.
    connection.on('error', () => connection.destroy());
    if (!guard.enter(connection.remoteAddress ?? '')) return connection.destroy();
    const child = logger.child({ rtmp: (lastNumber += 1) });
    const served = serveConnection(connection, { admit, guard, limits, logger: child });
    open.set(connection, served);
    connection.on('close', () => open.delete(connection));
  };

  const secure: TlsServer | null = tls
    ? createTlsServer({ key: tls.key, cert: tls.cert, handshakeTimeout: limits.handshakeMs }, take)
    : null;
  const server: Server = secure ?? createPlainServer(take);
  server.maxConnections = limits.maxConnections;
  // A scanner that speaks no TLS; its line is closed already.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: options.host }, resolve);
  });
  server.on('error', (err) => logger.error({ err }, 'The RTMP port has a fault'));
  const bound = server.address();

  return {
    port: typeof bound === 'object' && bound ? bound.port : options.port,
    renew: ({ key, cert }) => secure?.setSecureContext({ key, cert }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const served of open.values()) served.close('The server stops. Try again in a minute.');
      }),
  };
}
