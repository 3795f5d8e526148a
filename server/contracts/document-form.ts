import { z } from 'zod';
import { longText } from './form-text.ts';
import { revisionField } from './revision-field.ts';

/** The pages of the site that are Markdown and that an organiser may edit. */
export const siteDocumentNames = ['privacy', 'accessibility', 'terms', 'attendance'] as const;
export type SiteDocumentName = (typeof siteDocumentNames)[number];

export const documentForm = z.strictObject({
  markdown: longText(60_000).refine((text) => text.length > 0, { error: 'Enter the text of the page' }),
  revision: revisionField,
});
export type DocumentForm = z.infer<typeof documentForm>;

/** What each page is called where it is linked. */
export const siteDocumentTitles: Readonly<Record<SiteDocumentName, string>> = {
  privacy: 'Privacy',
  accessibility: 'Accessibility statement',
  terms: 'Terms',
  attendance: 'How attendance is counted',
};
