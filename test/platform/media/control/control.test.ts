import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect } from 'chai';
import { createControlClient } from '../../../../server/platform/media/control/control-client.ts';
import {
  serveControl,
  type ControlHandlers,
} from '../../../../server/platform/media/control/serve-control.ts';
import { createWebClient } from '../../../../server/platform/media/control/web-client.ts';
import { isFromOtherProcess, mediaBearer } from '../../../../server/platform/media/control/bearer.ts';
import { createSecretBox } from '../../../../server/platform/secrets/secret-box.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { listen } from '../../../../server/platform/http/listen.ts';

const secrets = createSecretBox('ab'.repeat(32));
const strangers = createSecretBox('cd'.repeat(32));
const logger = createLogger('silent');
const streamId = 'stream-0001';

describe('what web and the media process say to each other', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const serve = async (handler: (request: IncomingMessage, response: ServerResponse) => void) => {
    const listening = await listen(createServer(handler), { host: '127.0.0.1', port: 0 });
    stops.push(() => listening.stop());
    return `http://127.0.0.1:${listening.port}`;
  };
  const heard: unknown[] = [];
  const hear = (message: unknown) => {
    heard.push(message);
    return {};
  };
  const handlers: ControlHandlers = {
    select: hear,
    cut: hear,
    finish: () => Promise.reject(new Error('out of order')),
    revoke: hear,
    recorded: () => ({ durationMs: 61_000, bytes: 9, isWhole: true }),
    'make-file': hear,
    erase: hear,
  };
  const control = () => serve(serveControl(handlers, { secrets, logger }));
  beforeEach(() => void heard.splice(0));

  it('is asked and answered, both ways of the agreed shape', async () => {
    const client = createControlClient({ url: await control(), secrets });
    expect(await client.ask('select', { streamId, source: 'studio' })).to.deep.equal({
      ok: true,
      answer: {},
    });
    expect(heard).to.deep.equal([{ streamId, source: 'studio' }]);
    expect(await client.ask('recorded', { streamId, from: 0, to: 1 })).to.deep.equal({
      ok: true,
      answer: { durationMs: 61_000, bytes: 9, isWhole: true },
    });
  });

  it('is heard from a process of this installation only', async () => {
    const url = await control();
    const asked = await createControlClient({ url, secrets: strangers }).ask('select', {
      streamId,
      source: null,
    });
    expect(asked).to.deep.equal({ ok: false, reason: 'unreachable', message: 'it answered 401' });
    for (const authorization of [
      undefined,
      'Bearer ',
      `Bearer ${mediaBearer(secrets)}x`,
      mediaBearer(secrets),
    ]) {
      const headers = { ...(authorization !== undefined && { authorization }) };
      const answer = await fetch(`${url}/control/select`, { method: 'POST', headers, body: '{}' });
      expect(answer.status, String(authorization)).to.equal(401);
      expect(answer.headers.get('content-type')).to.equal('application/problem+json');
      expect(isFromOtherProcess(secrets, { headers })).to.equal(false);
    }
    expect(heard).to.deep.equal([]);
  });

  it('is refused when it is malformed, unknown or too large, and the next message is heard', async () => {
    const url = await control();
    const post = async (name: string, body: string, method = 'POST') =>
      (
        await fetch(`${url}/control/${name}`, {
          method,
          headers: { authorization: `Bearer ${mediaBearer(secrets)}` },
          ...(method === 'POST' && { body }),
        })
      ).status;
    expect(await post('select', 'no json')).to.equal(400);
    expect(await post('select', '')).to.equal(400);
    expect(await post('select', JSON.stringify({ streamId, source: 'studio', more: 1 }))).to.equal(400);
    expect(await post('select', JSON.stringify({ streamId: '../x', source: null }))).to.equal(400);
    expect(await post('toString', '{}')).to.equal(404);
    expect(await post('select', '', 'GET')).to.equal(404);
    expect(await post('select', ' '.repeat(1_100_000))).to.equal(413);
    expect(await post('finish', JSON.stringify({ streamId }))).to.equal(500);
    expect(await post('select', JSON.stringify({ streamId, source: null }))).to.equal(200);
  });

  it('is unreachable, never a fault, when nobody is there or what answers is no answer', async () => {
    const nowhere = createWebClient({ url: 'http://127.0.0.1:1', secrets });
    expect(await nowhere.ask('hello', { node: 'a' })).to.include({ ok: false, reason: 'unreachable' });
    const odd = await serve((_request, response) => response.end('{"onAir":[{"streamId":5}]}'));
    const asked = await createWebClient({ url: odd, secrets }).ask('hello', { node: 'a' });
    expect(asked).to.include({ ok: false, reason: 'unreachable' });
    const elsewhere = await serve((_request, response) => response.writeHead(302, { location: odd }).end());
    expect(await createWebClient({ url: elsewhere, secrets }).ask('hello', { node: 'a' })).to.include({
      ok: false,
    });
  });

  it('never quotes a stream key when a message is of the wrong shape', async () => {
    const client = createWebClient({ url: 'http://127.0.0.1:1', secrets });
    const credential = 'secret-key '.repeat(500);
    const asked = await client.ask('publish', { kind: 'rtmp', credential, address: '127.0.0.1' });
    expect(JSON.stringify(asked)).not.to.include('secret-key');
  });
});
