import { expect } from 'chai';
import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onRevokedSignIn } from '../../server/platform/realtime/revoked-sign-ins.ts';
import { givePass } from '../../server/sign-ins/give-pass.ts';
import { openPass, type PassRequest } from '../../server/sign-ins/open-pass.ts';
import { revokePasses } from '../../server/sign-ins/revoke-passes.ts';
import { countJoinDevices } from '../../server/sign-ins/sign-in.queries.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';
import { resolveSignIns } from '../../server/sign-ins/resolve-sign-ins.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee, whoIs } from '../support/signing-in.ts';

const eventEndsAt = new Date('2026-11-24T17:00:00Z');
const place = (registrationId: string, kind: PassRequest['kind'] = 'join') =>
  ({ kind, registrationId, eventId: 'event-1', eventEndsAt }) as const;

describe('passes', () => {
  let product: Product;
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  const open = async (registrationId: string, kind?: PassRequest['kind'], heldTokens: string[] = []) => {
    const opened = await openPass(
      { ...place(registrationId, kind), device: 'Firefox on Linux', heldTokens },
      product.deps,
    );
    product.clock.advance({ seconds: 1 });
    if (!opened.ok) throw new Error(opened.reason);
    return opened;
  };
  const held = async (...tokens: string[]) =>
    (await resolveSignIns(`passes=${tokens.join('.')}`, product.deps)).passes;

  it('open one registration and nothing of its owner', async () => {
    const { token, pass } = await open('registration-1');
    const resolved = await resolveSignIns(`passes=${token}`, product.deps);
    expect(resolved).to.deep.equal({ actor: { kind: 'visitor' }, passes: [pass], pending: null });
  });

  it('are worth nothing as a sign-in cookie, nor a sign-in as a pass', async () => {
    const { token } = await open('registration-1', 'manage');
    const asSignIn = await resolveSignIns(`sid=${token}`, product.deps);
    expect(asSignIn.actor.kind).to.equal('visitor');
    expect(asSignIn.passes).to.deep.equal([]);
    const browser = await signInAttendee(product, 'ada@example.org');
    const asPass = await resolveSignIns(`passes=${browser.cookie('sid')}`, product.deps);
    expect(asPass).to.deep.equal({ actor: { kind: 'visitor' }, passes: [], pending: null });
  });

  it('let a third device in and the oldest go, telling its sockets', async () => {
    const told: string[] = [];
    const stop = onRevokedSignIn((id) => told.push(id));
    const devices = [
      await open('registration-1'),
      await open('registration-1'),
      await open('registration-1'),
    ];
    await open('registration-2');
    stop();
    expect(told).to.deep.equal([devices[0]?.pass.signInId]);
    expect(await held(...devices.map(({ token }) => token))).to.have.length(2);
    expect(await countJoinDevices('registration-1', product.clock.now())).to.equal(2);
  });

  it('keep to two devices when many join at the same moment', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => open('registration-1')));
    expect(await countJoinDevices('registration-1', product.clock.now())).to.equal(2);
    expect(await held(...opened.map(({ token }) => token))).to.have.length(2);
  });

  it('take no second device when the same browser presses again', async () => {
    const first = await open('registration-1');
    const other = await open('registration-1');
    const again = await open('registration-1', 'join', [first.token]);
    expect(again.token).to.equal(first.token);
    expect(await held(first.token, other.token)).to.have.length(2);
  });

  it('make room again when one of them ends', async () => {
    const first = await open('registration-1');
    const second = await open('registration-1');
    const browser = new BrowserSession(product.url);
    await fetch(`${product.url}/sign-out`, {
      method: 'POST',
      headers: { origin: browser.origin, cookie: `passes=${second.token}` },
      redirect: 'manual',
    });
    expect(await held(second.token)).to.deep.equal([]);
    await open('registration-1');
    expect(await held(first.token)).to.have.length(1);
  });

  it('end with their registration, one kind or all', async () => {
    const join = await open('registration-1');
    const manage = await open('registration-1', 'manage');
    const other = await open('registration-2');
    await revokePasses('registration-1', 'join', product.deps);
    expect(await held(join.token, manage.token)).to.deep.equal([manage.pass]);
    await revokePasses('registration-1', undefined, product.deps);
    expect(await held(join.token, manage.token, other.token)).to.deep.equal([other.pass]);
  });

  it('last until the day after the event, and are not given later', async () => {
    const { token } = await open('registration-1');
    product.clock.set('2026-11-25T16:59:59Z');
    expect(await held(token)).to.have.length(1);
    product.clock.set('2026-11-25T17:00:00Z');
    expect(await held(token)).to.deep.equal([]);
    const late = await openPass({ ...place('registration-1'), device: 'x', heldTokens: [] }, product.deps);
    expect(late).to.deep.equal({ ok: false, reason: 'over' });
  });

  it('live beside a sign-in in one browser, eight at most, the newest kept', async () => {
    const app = express().post('/give/:id', async (request, response) => {
      const pass = await givePass(request, response, place(request.params.id), product.deps);
      response.json(pass);
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const browser = await signInAttendee(product, 'ada@example.org');
    const { port } = server.address() as AddressInfo;
    for (let number = 1; number <= 9; number += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/give/registration-${number}`, {
        method: 'POST',
        headers: { cookie: browser.cookieHeader() },
      });
      browser.keepCookies(answer);
    }
    server.close();
    const { actor, passes } = await whoIs(product, browser);
    expect(actor.kind).to.equal('attendee');
    const ids = passes.map(({ registrationId }) => registrationId).sort();
    expect(ids).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9].map((number) => `registration-${number}`));
    expect((await SignInModel.findOne({ registrationId: 'registration-9' }).lean())?.email).to.equal(null);
  });
});
