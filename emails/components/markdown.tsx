import type { ComponentChildren } from 'preact';
import { styles } from '../mail-tokens.ts';
import type { MarkdownNode } from './markdown-tree.ts';
import { Link, Paragraph } from './text.tsx';

/** What an organiser wrote, with the styles of a mail. */
export function Markdown({ nodes }: { nodes: readonly MarkdownNode[] }) {
  return (
    <>
      {nodes.map((node) => (
        <Piece node={node} />
      ))}
    </>
  );
}

function Piece({ node }: { node: MarkdownNode }): ComponentChildren {
  const inside = <Markdown nodes={node.children} />;
  switch (node.kind) {
    case 'paragraph':
      return node.isTight ? inside : <Paragraph>{inside}</Paragraph>;
    case 'heading':
      return (
        <h2 class="ink" style={styles.heading}>
          {inside}
        </h2>
      );
    case 'bullet_list':
      return (
        <ul class="ink" style={styles.list}>
          {inside}
        </ul>
      );
    case 'ordered_list':
      return (
        <ol class="ink" style={styles.list}>
          {inside}
        </ol>
      );
    case 'list_item':
      return <li>{inside}</li>;
    case 'blockquote':
      return (
        <blockquote class="line" style={styles.quote}>
          {inside}
        </blockquote>
      );
    case 'code_block':
    case 'fence':
      return (
        <pre class="ink" style={styles.preformatted}>
          {node.text}
        </pre>
      );
    case 'strong':
      return <strong>{inside}</strong>;
    case 'em':
      return <em>{inside}</em>;
    case 'link':
      return node.href ? <Link href={node.href}>{inside}</Link> : inside;
    case 'hardbreak':
      return <br />;
    case 'softbreak':
      return ' ';
    case 'hr':
      return null;
    default:
      return node.children.length > 0 ? inside : node.text;
  }
}

/** The same for the plain-text twin: blocks with an empty line between them, every address written out. */
export const markdownText = (nodes: readonly MarkdownNode[]): string =>
  nodes.map(blockText).filter(Boolean).join('\n\n');

function blockText(node: MarkdownNode): string {
  switch (node.kind) {
    case 'bullet_list':
      return node.children.map((item) => listItem('- ', item)).join('\n');
    case 'ordered_list':
      return node.children.map((item, index) => listItem(`${index + 1}. `, item)).join('\n');
    case 'blockquote':
      return markdownText(node.children).replace(/^/gm, '> ');
    case 'code_block':
    case 'fence':
      return node.text.trimEnd();
    case 'hr':
      return '';
    default:
      return words(node.children);
  }
}

const listItem = (mark: string, item: MarkdownNode): string =>
  mark + markdownText(item.children).replace(/\n+/g, `\n${' '.repeat(mark.length)}`);

const words = (nodes: readonly MarkdownNode[]): string => nodes.map(wordsOf).join('');

function wordsOf(node: MarkdownNode): string {
  if (node.kind === 'hardbreak') return '\n';
  if (node.kind === 'softbreak') return ' ';
  const inside = node.children.length > 0 ? words(node.children) : node.text;
  if (node.kind !== 'link' || !node.href) return inside;
  const isItself = inside === '' || node.href.replace(/^(mailto:|https?:\/\/)/, '') === inside;
  return isItself || node.href === inside ? node.href : `${inside} (${node.href})`;
}
