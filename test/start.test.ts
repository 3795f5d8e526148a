import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { freePort } from './support/product.ts';
import { spawnProduct } from './support/spawned-product.ts';
import { until } from './support/until.ts';

describe('starting and stopping', function () {
  this.timeout(60_000);
  let dataDirectory: string;
  beforeEach(() => (dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-start-test-'))));
  afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

  const run = async (environment: Record<string, string>, ...parts: string[]) => {
    const child = spawn(process.execPath, ['dist/start.js', ...parts], {
      env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDirectory, SEED_DEMO: 'false', ...environment },
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, errors };
  };

  it('names every wrong setting at once and does not start', async () => {
    const { code, errors } = await run({ PORT: 'eighty', SMTP_URL: 'nowhere' });
    expect(code).to.equal(1);
    expect(errors).to.include('PORT').and.to.include('SMTP_URL must be a URL such as smtps://');
    expect(errors).not.to.include('    at ');
  });

  it('refuses a second process on the same data folder with a clear sentence, and leaves the first alone', async () => {
    const first = await spawnProduct({ dataDirectory, environment: { MONGODB_URI: '' } });
    const { code, errors } = await run({ PORT: '0', ADMIN_PORT: '0' });
    expect(code).to.equal(1);
    expect(errors).to.match(/another process|already/i);
    expect((await fetch(`${first.adminUrl}/readyz`)).status).to.equal(200);
    await first.stop();
  });

  it('refuses to run one part alone without a database between the parts', async () => {
    const { code, errors } = await run({ PORT: '0' }, 'worker');
    expect(code).to.equal(1);
    expect(errors).to.include('MONGODB_URI is missing');
  });

  it('reports health, readiness and metrics on the admin port only', async () => {
    const product = await spawnProduct({ dataDirectory });
    expect(await (await fetch(`${product.adminUrl}/healthz`)).text()).to.equal('ok\n');
    expect(await (await fetch(`${product.adminUrl}/readyz`)).text()).to.equal('ready\n');
    expect(await (await fetch(`${product.adminUrl}/metrics`)).text()).to.include(
      'plenary_http_request_seconds',
    );
    expect((await fetch(`${product.url}/metrics`)).status).to.equal(404);
    await product.stop();
  });

  it('finishes a request that has begun, then exits 0 within ten seconds of SIGTERM', async () => {
    const product = await spawnProduct({ dataDirectory });
    const { port } = new URL(product.url);
    const socket = connect(Number(port), 'localhost');
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    // A form whose body is still on its way when the stop comes.
    const body = 'email=someone%40example.org';
    socket.write(
      `POST /sign-in HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${product.url}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: keep-alive\r\n\r\n${body.slice(0, 5)}`,
    );
    await fetch(`${product.url}/`);
    const startedAt = performance.now();
    const stopped = product.stop();
    socket.write(body.slice(5));
    await once(socket, 'close');
    expect(answer).to.match(/^HTTP\/1\.1 [23]\d\d /);
    expect(await stopped).to.equal(0);
    expect(performance.now() - startedAt).to.be.below(10_000);
  });

  it('has a media process beside, replaces one that dies, and leaves none behind when it dies itself', async () => {
    const mediaPort = await freePort();
    const environment = { MEDIA_URL: '', MEDIA_PORT: String(mediaPort), RTMP_PORT: '0', WEBRTC_PORT: '0' };
    const product = await spawnProduct({ dataDirectory, environment });
    const status = (url: string) =>
      fetch(`${url}/live/t/x`).then(
        (answer) => answer.status,
        () => null,
      );
    await until('the media process', async () => (await status(product.url)) === 404);
    const [child = ''] = readFileSync(
      `/proc/${product.process.pid}/task/${product.process.pid}/children`,
      'utf8',
    ).split(' ');
    process.kill(Number(child), 'SIGKILL');
    await until('its death', async () => (await status(product.url)) === 502);
    await until('another one', async () => (await status(product.url)) === 404);
    await product.kill();
    await until('its end', async () => (await status(`http://127.0.0.1:${mediaPort}`)) === null);
  });

  it('keeps what it stores and its key to itself', async () => {
    const product = await spawnProduct({ dataDirectory });
    expect(statSync(join(dataDirectory, 'secret-key')).mode & 0o777).to.equal(0o600);
    await product.stop();
  });
});
