import MarkdownIt from 'markdown-it';

/** A piece of Markdown: a block, a run of words, or a word by itself. */
export interface MarkdownNode {
  /** As markdown-it names it: "paragraph", "strong", "text". */
  readonly kind: string;
  readonly text: string;
  /** Where a link leads; null for what is none, and for addresses that are no use in a mail. */
  readonly href: string | null;
  readonly isTight: boolean;
  readonly children: readonly MarkdownNode[];
}

/** As on the pages: no HTML, no pictures, no active addresses. Tables do not survive a narrow mail. */
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: true, quotes: '“”‘’' });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
markdown.disable(['image', 'table']);

type Token = ReturnType<typeof markdown.parse>[number];

/** Markdown that an organiser typed, as a tree that a mail shows in both its parts. */
export const readMarkdown = (source: string): readonly MarkdownNode[] =>
  nest(markdown.parse(source, {}), { at: 0 });

function nest(tokens: readonly Token[], place: { at: number }): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  for (let token = tokens[place.at]; token; token = tokens[place.at]) {
    place.at += 1;
    if (token.nesting === -1) return nodes;
    const children = token.nesting === 1 ? nest(tokens, place) : nest(token.children ?? [], { at: 0 });
    const node = nodeOf(token, children);
    // What only holds others, such as the words of a paragraph, stands for them.
    if (token.type === 'inline') nodes.push(...children);
    else nodes.push(node);
  }
  return nodes;
}

const nodeOf = (token: Token, children: readonly MarkdownNode[]): MarkdownNode => ({
  kind: token.type.replace(/_open$/, ''),
  text: token.content,
  href: usableAddress(String(token.attrGet('href') ?? '')),
  isTight: token.hidden,
  children,
});

const usableAddress = (href: string): string | null => (/^(https?:\/\/|mailto:)/i.test(href) ? href : null);
