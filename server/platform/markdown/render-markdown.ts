import MarkdownIt from 'markdown-it';

/** `html: false` shows markup as text, and markdown-it itself refuses `javascript:` and other active addresses. */
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: true, quotes: '“”‘’' });

// "example.com" in a sentence is a name more often than a link; "https://example.com" never is.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true });

// A picture from elsewhere would tell another site who reads the page, and the content policy stops it anyway.
markdown.disable('image');

const openLink = markdown.renderer.rules.link_open;
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noopener');
  return openLink ? openLink(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
};

/**
 * Markdown that people typed, as HTML that is safe to put into a page. Headings are moved down so that the
 * highest becomes `topHeading`: the page has its one `h1` already, and no level may be skipped below it.
 */
export function renderMarkdown(source: string, topHeading: 2 | 3 | 4 = 3): string {
  if (source.trim() === '') return '';
  const tokens = markdown.parse(source, {});
  const headings = tokens.filter((token) => token.type === 'heading_open' || token.type === 'heading_close');
  const highest = Math.min(6, ...headings.map((token) => Number(token.tag.slice(1))));
  for (const token of headings) {
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) - highest + topHeading)}`;
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

/** Splits a document into its first heading, which is its title, and the rest. */
export function splitTitle(source: string, fallback: string): { title: string; body: string } {
  const match = /^\s*# +(.+)\n?/.exec(source);
  return match
    ? { title: (match[1] ?? '').trim(), body: source.slice(match[0].length) }
    : { title: fallback, body: source };
}
