import { isDocument, type Doc } from '../values/bson-types.ts';

const shown = ['filter', 'query', 'q', 'sort', 'pipeline', 'updates', 'deletes', 'update', 'u', 'key'];

/** A command without its values: names of collections, fields and operators only, so that the log holds nothing personal. */
export function describeShape(body: Doc, name: string): string {
  const parts = shown.filter((field) => field !== name && body[field] !== undefined);
  const described = parts.map((field) => `${field}: ${shapeOf(body[field])}`);
  return [`${name} ${String(body.$db)}.${String(body[name])}`, ...described].join(' ');
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value))
    return value.some(isDocument) ? `[${value.slice(0, 10).map(shapeOf).join(', ')}]` : '[?]';
  if (!isDocument(value)) return '?';
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${shapeOf(inner)}`)
    .join(', ')} }`;
}
