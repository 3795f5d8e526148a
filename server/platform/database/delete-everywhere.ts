import mongoose from 'mongoose';

/**
 * Deletes, in every collection, the documents that hold this id at this path, or as their own. For things that go with
 * all that belongs to them: a collection that is added later is not forgotten. Takes part in a transaction.
 */
export async function deleteEverywhere(path: string, id: string): Promise<void> {
  for (const name of mongoose.modelNames()) {
    const model = mongoose.model(name);
    await model.deleteMany(model.schema.path(path) ? { $or: [{ _id: id }, { [path]: id }] } : { _id: id });
  }
}
