/**
 * What every Mongoose schema of the product shares. Ids are made by `newId()`; an unknown path is an error, not
 * a silent loss; there is no `__v`, because revisions are fields of their own where two people may edit.
 */
export const modelOptions = { strict: 'throw', versionKey: false, minimize: false } as const;
