import { expect } from 'chai';
import mongoose from 'mongoose';
import { EventUpdateModel } from '../../server/event-updates/event-update.model.ts';
import { ToldEventModel } from '../../server/event-updates/told-event.model.ts';
import { migrations } from '../../server/migrations/list-migrations.ts';
import { runMigrations } from '../../server/platform/database/run-migrations.ts';
import { invitesTo, letGather, settle } from '../calendar-invites/speaking.ts';
import { makeOrganiser } from '../catalogue/planned-event.ts';
import { changeForm, changesIn, planUpdatedEvent, takePlace } from '../event-updates/updating.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('what invites said before changes were told', () => {
  let product: Product;
  beforeEach(async () => void (product = await openProduct()));
  afterEach(() => product.close());

  it('is written down once, so that the first change after is told by the difference', async () => {
    const { eventId } = await planUpdatedEvent(product, await makeOrganiser(product));
    await takePlace(product, eventId, 'ada@example.org');
    // As the stored data was.
    await Promise.all([ToldEventModel.deleteMany({}), EventUpdateModel.deleteMany({})]);
    for (const name of ['events', 'registrations'])
      await mongoose.connection.collection(name).updateMany({}, { $unset: { toldVersion: '' } });

    await runMigrations(migrations, () => product.clock.now());
    for (const migration of migrations) await migration.run();
    expect(await ToldEventModel.countDocuments()).to.equal(1);
    await changeForm(product, eventId, { startTime: '09:00' });
    await letGather(product);
    await settle(product);
    const [, { mail }] = (await invitesTo(product, 'ada@example.org')) as [
      unknown,
      { mail: { text: string } },
    ];
    expect(changesIn(mail.text)).to.deep.equal(['Starts 09:00 instead of 09:30']);
  });
});
