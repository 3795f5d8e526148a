import { randomBytes } from 'node:crypto';

interface Rendered {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * Renders a message once with marks where it differs from person to person, and returns what fills them in: the same
 * as rendering it for each, at a hundredth of the price. A template may move a slot about and show it often; what it
 * does to the words of a slot, beyond escaping them, is lost.
 */
export function mailFrame<Slot extends string>(
  slots: readonly Slot[],
  render: (marks: Readonly<Record<Slot, string>>) => Rendered,
): (values: Readonly<Record<Slot, string>>) => Rendered {
  // Of random letters, so that nobody can write a mark into a title.
  const nonce = randomBytes(8).toString('hex');
  const marks = Object.fromEntries(slots.map((slot, index) => [slot, `${nonce}x${index}x`]));
  const { subject, html, text } = render(marks as Record<Slot, string>);
  const mark = new RegExp(`${nonce}x(\\d+)x`);
  const pieces = { subject: subject.split(mark), html: html.split(mark), text: text.split(mark) };
  return (values) => {
    const plain = slots.map((slot) => values[slot]);
    const escaped = plain.map(escapeHtml);
    return {
      subject: fill(pieces.subject, plain),
      html: fill(pieces.html, escaped),
      text: fill(pieces.text, plain),
    };
  };
}

/** Every other piece is the number of a slot. */
const fill = (pieces: readonly string[], values: readonly string[]): string =>
  pieces.length === 1
    ? (pieces[0] ?? '')
    : pieces.map((piece, index) => (index % 2 === 0 ? piece : values[Number(piece)])).join('');

/** As Preact writes text and attribute values. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
