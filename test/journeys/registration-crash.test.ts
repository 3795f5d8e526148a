import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { spawnProduct } from '../support/spawned-product.ts';
import { countPlaces, crowd, rushOf, storeEvent, waitForMails } from './rush.ts';

describe('a rush in which the product is killed', function () {
  this.timeout(180_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plenary-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // Told as they are in: after the first alone, within the batch that takes the rest, and between large batches.
  const kills = [
    { people: 500, capacity: 20, afterIn: 1 },
    { people: 500, capacity: 20, afterIn: 10 },
    { people: 300, capacity: 80, afterIn: 40 },
  ];
  for (const { people: size, capacity, afterIn } of kills) {
    it(`keeps its word for ${capacity} places when it is killed at answer ${afterIn}`, async () => {
      const dataDirectory = join(folder, 'data');
      const event = await storeEvent(dataDirectory, capacity);
      const first = await spawnProduct({ dataDirectory });
      const people = crowd(size);
      let killed: Promise<void> | undefined;
      const before = await rushOf(first.url, event, people, (count) => {
        if (count >= afterIn) killed ??= first.kill();
      });
      await killed;
      expect(before.get('in')?.length).to.be.within(afterIn, capacity);

      // Whoever got no answer sends the same form again, as a browser would after the error page.
      const port = Number(new URL(first.url).port);
      const second = await spawnProduct({ dataDirectory, port });
      const after = await rushOf(second.url, event, before.get('nothing') ?? []);
      expect(after.get('nothing')).to.deep.equal([]);
      const toldIn = [...(before.get('in') ?? []), ...(after.get('in') ?? [])].map(({ email }) => email);

      const mails = await waitForMails(second.url, capacity);
      expect(mails.map(({ to }) => to)).to.have.members(toldIn);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).to.equal(capacity);

      expect(await second.stop()).to.equal(0);
      const { confirmed, complaints } = await countPlaces(dataDirectory, event);
      expect(complaints).to.deep.equal([]);
      expect(confirmed).to.have.length(capacity);
      expect(confirmed).to.have.members(toldIn);
    });
  }
});
