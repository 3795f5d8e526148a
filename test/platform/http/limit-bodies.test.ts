import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { allowLongBody, limitBodies } from '../../../server/platform/http/limit-bodies.ts';

describe('bodies that come slowly', () => {
  let server: Server;
  let port: number;
  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/film') allowLongBody(request);
      request.on('error', () => undefined);
      request.resume().on('end', () => response.end('read'));
    });
    limitBodies(server, 150);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  after(() => server.close());

  /** Sends half of a body, and the rest when `rest` resolves; all that is answered. */
  async function send(path: string, rest: Promise<unknown>): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += String(chunk))).on('error', () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nha`);
    void rest.then(() => socket.writable && socket.write('lf'));
    await once(socket, 'close');
    return answer;
  }

  it('are ended with a word, but for a long upload that somebody may make', async () => {
    const ended = send('/form', new Promise(() => undefined));
    const film = send('/film', ended);
    expect(await ended).to.match(/^HTTP\/1\.1 408 /);
    expect(await film)
      .to.match(/^HTTP\/1\.1 200 /)
      .and.include('read');
    expect(await send('/form', Promise.resolve())).to.match(/^HTTP\/1\.1 200 /);
  });
});
