import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteDocumentName } from '../contracts/document-form.ts';
import { DocumentModel } from './document.model.ts';

const shippedFolder = join(
  import.meta.dirname,
  import.meta.url.endsWith('.ts') ? '../../docs/site' : '../docs/site',
);

export interface CurrentDocument {
  readonly markdown: string;
  /** 0 while nobody has edited it. */
  readonly revision: number;
  readonly editedAt: Date | null;
}

/** The edited text where there is one, else the one that came with the product. */
export async function getSiteDocument(name: SiteDocumentName): Promise<CurrentDocument> {
  const edited = await DocumentModel.findOne({ _id: name }).lean();
  if (edited) return edited;
  return { markdown: readFileSync(join(shippedFolder, `${name}.md`), 'utf8'), revision: 0, editedAt: null };
}
