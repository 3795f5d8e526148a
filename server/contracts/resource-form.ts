import { z } from 'zod';
import { optionalText } from './form-text.ts';
import { numberedRows, rowNumbers } from './numbered-rows.ts';
import { revisionField } from './revision-field.ts';

export const mostLinks = 8;
export const mostFiles = 8;
/** Bytes of one file. */
export const largestFile = 20 * 1024 * 1024;

const httpsUrl = optionalText(500).refine(
  (text) => text === '' || (URL.canParse(text) && new URL(text).protocol === 'https:'),
  { error: 'Enter a link that begins with https://' },
);

/** The links beside a session. A row that is empty is no row. */
export const resourceLinksForm = z
  .strictObject({
    ...numberedRows('link', mostLinks, { title: optionalText(120), url: httpsUrl }),
    revision: revisionField,
  })
  .transform((form, context) => {
    // Fields of numbered rows have no names a type could know.
    const posted = form as unknown as Readonly<Record<string, string>>;
    const links = rowNumbers(mostLinks).flatMap((row) => {
      const title = posted[`link-${row}-title`] ?? '';
      const url = posted[`link-${row}-url`] ?? '';
      if (title === '' && url === '') return [];
      const missing = title === '' ? 'title' : url === '' ? 'url' : null;
      if (missing)
        context.addIssue({
          code: 'custom',
          path: [`link-${row}-${missing}`],
          message: missing === 'title' ? 'Enter what the link is' : 'Enter the link itself',
        });
      return [{ title, url }];
    });
    return { links, revision: form.revision };
  });

export const resourceFileForm = z.strictObject({ title: optionalText(120), revision: revisionField });
export const removeFileForm = z.strictObject({ revision: revisionField });
