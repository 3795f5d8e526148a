import mongoose from 'mongoose';

/**
 * Deletes, in every collection, the documents that hold this id at this path, or as their own. For things that go with
 * all that belongs to them: a collection that is added later is not forgotten. Takes part in a transaction.
 */
export async function deleteEverywhere(path: string, id: string): Promise<void> {
  for (const name of mongoose.modelNames()) {
    const model = mongoose.model(name);
    // A collection whose own ids are of another kind holds nothing of this name, and would refuse the question.
    const holders = ['_id', path].filter((field) => model.schema.path(field)?.instance === 'String');
    if (holders.length > 0) await model.deleteMany({ $or: holders.map((field) => ({ [field]: id })) });
  }
}
