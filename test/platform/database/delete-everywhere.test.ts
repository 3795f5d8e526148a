import { expect } from 'chai';
import mongoose from 'mongoose';
import { deleteEverywhere } from '../../../server/platform/database/delete-everywhere.ts';
import { connectDatabase, disconnectDatabase } from '../../../server/platform/database/connect-database.ts';
import { openTestDatabase } from '../../support/test-database.ts';

describe('deleting everywhere', () => {
  const options = { versionKey: false } as const;
  const Part = mongoose.model('DeletedPart', new mongoose.Schema({ _id: String, whole: String }, options));
  const Other = mongoose.model('DeletedOther', new mongoose.Schema({ count: Number }, options));
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  before(async () => {
    database = await openTestDatabase();
    await connectDatabase(database.uri);
  });
  after(async () => {
    mongoose.deleteModel(/^Deleted/);
    await disconnectDatabase();
    await database.close();
  });

  it('takes what is or belongs to the thing, and leaves collections alone whose ids are of another kind', async () => {
    await Part.create([
      { _id: 'a', whole: 'none' },
      { _id: 'b', whole: 'a' },
      { _id: 'c', whole: 'd' },
    ]);
    await Other.create([{ count: 1 }]);
    await deleteEverywhere('whole', 'a');
    expect((await Part.find().lean()).map(({ _id }) => _id)).to.deep.equal(['c']);
    expect(await Other.countDocuments()).to.equal(1);
  });
});
