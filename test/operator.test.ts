import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { BrowserSession } from './support/browser-session.ts';
import { mailsTo } from './support/mailbox.ts';
import { spawnProduct, storageOf } from './support/spawned-product.ts';

describe('the operator', function () {
  this.timeout(60_000);
  let dataDirectory: string;
  before(() => (dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-operator-'))));
  after(() => rmSync(dataDirectory, { recursive: true, force: true }));

  const create = (...options: string[]) =>
    promisify(execFile)(process.execPath, ['dist/operator.js', ...options], {
      env: { PATH: process.env.PATH ?? '', ...storageOf(dataDirectory) },
    }).then(
      ({ stdout }) => stdout,
      (error: { stderr: string }) => error.stderr,
    );

  it('creates an organiser beside the running product, whose owner then signs in and is asked to enrol', async () => {
    const product = await spawnProduct({ dataDirectory });
    expect(await create('--name', 'Cyngor Glan Menai', '--email', 'Owner@glan-menai.example')).to.include(
      'is ready',
    );
    const browser = new BrowserSession(product.url);
    await browser.post('/sign-in', { email: 'owner@glan-menai.example' });
    const [mail] = await mailsTo(product.url, 'owner@glan-menai.example', 1);
    const token = /\/sign-in\/link\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    let answer = await browser.post('/sign-in/link', { token });
    for (let next = answer.headers.get('location'); next; next = answer.headers.get('location')) {
      answer = await browser.get(next);
    }
    expect(await answer.text()).to.match(/authenticator/i);
    await product.stop();
  });

  it('is told plainly what is missing or taken', async () => {
    expect(await create('--email', 'someone@example.org')).to.equal('Enter a name with --name\n');
    expect(await create('--name', 'Cyngor Glan Menai', '--email', 'other@example.org')).to.include(
      'of that name already',
    );
    expect(await create('--name', 'Another', '--email', 'owner@glan-menai.example')).to.include(
      'belongs to an organiser',
    );
  });
});
