import { expect } from 'chai';
import mongoose from 'mongoose';
import { fillNewFields } from '../../server/migrations/0002-fill-new-fields.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { listSessionsOfEvent } from '../../server/sessions/session.queries.ts';
import { getSpeakerOfOrganiser } from '../../server/speakers/speaker.queries.ts';
import { countPendingSpeakerInvites } from '../../server/calendar-invites/count-speaker-invites.ts';
import { makeOrganiser, planEvent } from '../catalogue/planned-event.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('what was stored before speakers were invited', () => {
  let product: Product;
  beforeEach(async () => void (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  it('gets the fields that came since, and keeps those that are filled', async () => {
    const organiserId = await makeOrganiser(product);
    const { eventId, speakerId } = await planEvent(product, organiserId);
    const kept = await planEvent(product, organiserId, { slug: 'kept' });
    const collection = (name: string) => mongoose.connection.collection<{ _id: string }>(name);
    await collection('sessions').updateMany({ eventId }, { $unset: { moderatorIds: '' } });
    await collection('speakers').updateOne({ _id: speakerId }, { $unset: { email: '' } });
    await collection('events').updateOne({ _id: eventId }, { $unset: { reminders: '' } });
    await collection('events').updateOne({ _id: kept.eventId }, { $set: { reminders: ['day'] } });

    await fillNewFields.run();
    await fillNewFields.run();
    expect((await listSessionsOfEvent(eventId)).map(({ moderatorIds }) => moderatorIds)).to.deep.equal([[]]);
    expect((await getSpeakerOfOrganiser(organiserId, speakerId)).email).to.equal('');
    expect((await getEvent(eventId)).reminders).not.to.deep.equal(undefined);
    expect((await getEvent(kept.eventId)).reminders).to.deep.equal(['day']);
    expect(await countPendingSpeakerInvites(eventId, product.clock.now())).to.equal(0);
  });
});
