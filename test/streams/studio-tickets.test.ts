import { expect } from 'chai';
import type { IngestKind } from '../../server/contracts/stream-health.ts';
import { issueStudioTicket } from '../../server/streams/studio-ticket.rules.ts';
import { seedLiveDay } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askWeb, giveKey } from './stream-day.ts';

describe('a ticket of the studio', function () {
  this.timeout(30_000);
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  before(async () => (product = await openProduct({ worker: false })));
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  after(() => product.close());

  const publish = async (kind: IngestKind, credential: string) => {
    const answer = await askWeb(product, 'publish', { kind, credential, address: '' });
    return answer.ok ? 'ok' : answer.reason;
  };
  const issue = (streamId: string) =>
    issueStudioTicket({ streamId, person: 'member:1' }, product.clock.now(), product.deps.secrets);

  it('opens each way in once, for a browser that gets nowhere by the first', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const ticket = issue(streamId);
    expect(await publish('whip', ticket)).to.equal('ok');
    expect(await publish('whip', ticket)).to.equal('expired-ticket');
    expect(await publish('recorder', ticket)).to.equal('ok');
    expect(await publish('recorder', ticket)).to.equal('expired-ticket');
    expect(await publish('whip', issue(streamId)), 'another of the same person').to.equal('ok');
  });

  it('lets one in of many that come with it at the same moment', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const ticket = issue(streamId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish('whip', ticket)));
    expect(answers.filter((answer) => answer === 'ok')).to.have.length(1);
  });
});
