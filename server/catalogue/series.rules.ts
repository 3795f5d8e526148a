import slugify from '@sindresorhus/slugify';

/** "Digital Services" is at `/series/digital-services`. Null for a name that leaves nothing to write in an address. */
export const slugOfSeries = (name: string): string | null => slugify(name) || null;

export function seriesLink(name: string | null | undefined): { name: string; icsPath: string } | null {
  const slug = name ? slugOfSeries(name) : null;
  return name && slug ? { name, icsPath: `/series/${slug}.ics` } : null;
}
