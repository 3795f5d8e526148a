import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { openPass } from '../../server/sign-ins/open-pass.ts';
import { revokePasses } from '../../server/sign-ins/revoke-passes.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInAttendee, signInMember } from '../support/signing-in.ts';

const disconnection = (socket: Socket) => new Promise((resolve) => socket.once('disconnect', resolve));

describe('the sockets of a sign-in', () => {
  let product: Product;
  const sockets: Socket[] = [];
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.disconnect());
    await product.close();
  });

  /** Resolves to the socket, or to the sentence it was turned away with. */
  const connect = (cookie: string) => {
    const extraHeaders = { origin: product.url, cookie };
    const socket = io(product.url, {
      transports: ['websocket'],
      extraHeaders,
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    return new Promise<Socket | string>((resolve) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', (error) => resolve(error.message));
    });
  };
  const connected = async (cookie: string): Promise<Socket> => {
    const socket = await connect(cookie);
    if (typeof socket === 'string') throw new Error(socket);
    return socket;
  };

  it('drop at once when it is ended on another device, and only those', async () => {
    const [lost, kept] = [
      await signInAttendee(product, 'ada@example.org'),
      await signInAttendee(product, 'ada@example.org'),
    ];
    const [lostSocket, keptSocket] = [
      await connected(lost.cookieHeader()),
      await connected(kept.cookieHeader()),
    ];
    const dropped = disconnection(lostSocket);
    await kept.post('/account/sign-ins/others/revoke', {});
    await dropped;
    expect(keptSocket.connected).to.equal(true);
    expect(await connect(lost.cookieHeader())).to.be.a('string');
  });

  it('drop at once when its registration’s pass is revoked', async () => {
    const place = { registrationId: 'r1', eventId: 'e1', eventEndsAt: new Date('2026-11-24T17:00:00Z') };
    const pass = await openPass({ ...place, kind: 'join', device: 'x', heldTokens: [] }, product.deps);
    const socket = await connected(`passes=${pass.ok ? pass.token : ''}`);
    const dropped = disconnection(socket);
    await revokePasses('r1', 'join', product.deps);
    await dropped;
  });

  it('are never opened by a member who has not given the second factor', async () => {
    await seedMember(product);
    const pending = await signInAttendee(product, 'olivia@council.example');
    expect(await connect(pending.cookieHeader())).to.be.a('string');
    const member = await signInMember(product);
    expect((await connected(member.cookieHeader())).connected).to.equal(true);
  });
});
