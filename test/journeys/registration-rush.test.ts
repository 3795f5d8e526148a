import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { spawnProduct } from '../support/spawned-product.ts';
import { countPlaces, crowd, rushOf, storeEvent, waitForMails } from './rush.ts';

describe('a rush on the running product', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plenary-rush-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('gives 500 people who come at once exactly 20 places, tells the rest, and writes 20 mails', async () => {
    const dataDirectory = join(folder, 'data');
    const event = await storeEvent(dataDirectory, 20);
    const product = await spawnProduct({ dataDirectory });
    const told = await rushOf(product.url, event, crowd(500));
    expect(told.get('in')).to.have.length(20);
    expect(told.get('sold-out')).to.have.length(480);

    const mails = await waitForMails(product.url, 20);
    const names = (told.get('in') ?? []).map(({ email }) => email);
    expect(mails.map(({ to }) => to)).to.have.members(names);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).to.equal(20);
    for (const mail of mails) expect(mail.ics, mail.subject).to.include('METHOD:REQUEST');

    expect(await product.stop()).to.equal(0);
    const { confirmed, complaints } = await countPlaces(dataDirectory, event);
    expect(complaints).to.deep.equal([]);
    expect(confirmed).to.have.members(names);
  });
});
