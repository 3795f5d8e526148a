import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { stringify } from 'csv-stringify/sync';

type Cell = string | number | null;

/**
 * A table to take away, sent as it is read, so that no table is too long. Excel needs the mark at the start to read
 * UTF-8, and a cell that begins with = + - @ would run as a formula there: such cells get an apostrophe before them.
 */
export async function sendCsv(
  response: Response,
  fileName: string,
  columns: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): Promise<void> {
  response.set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'private, no-store',
    'X-Robots-Tag': 'noindex',
  });
  async function* text() {
    yield stringify([[...columns]], { bom: true, record_delimiter: 'windows' });
    for await (const rows of pages)
      yield stringify(
        rows.map((row) => [...row]),
        { escape_formulas: true, record_delimiter: 'windows' },
      );
  }
  await pipeline(Readable.from(text()), response);
}
