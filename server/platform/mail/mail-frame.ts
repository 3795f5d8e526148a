import { createHash, randomBytes } from 'node:crypto';
import { foldCalendar, unfoldCalendar } from './fold-calendar.ts';

/** Words and the names of slots in turn. */
type Pieces = readonly string[];

/** Everything that is the same for all who get one message; the id is made of the rest. */
export interface MailFrame {
  readonly id: string;
  readonly html: Pieces;
  readonly text: Pieces;
  /** Its lines unfolded; null for a mail without an invite. */
  readonly ics: Pieces | null;
}

export type SlotValues = Readonly<Record<string, string>>;

interface Rendered {
  readonly html: string;
  readonly text: string;
  readonly ics: string | null;
}

/**
 * Renders a message once with marks where it differs from person to person. What `fillFrame` makes of it is the same,
 * byte for byte, as rendering it for each, at a hundredth of the price. A template may move a slot about and show it
 * often; what it does to the words in it, beyond escaping them, must be in the value.
 */
export function mailFrame<Slot extends string>(
  slots: readonly Slot[],
  render: (marks: Readonly<Record<Slot, string>>) => Rendered,
): MailFrame {
  // Of random letters, so that nobody can write a mark into a title.
  const nonce = randomBytes(8).toString('hex');
  const marks = Object.fromEntries(slots.map((slot, index) => [slot, `${nonce}x${index}x`]));
  const mark = new RegExp(`${nonce}x(\\d+)x`);
  const piecesOf = (text: string): Pieces =>
    text.split(mark).map((piece, index) => (index % 2 === 0 ? piece : (slots[Number(piece)] ?? '')));
  const { html, text, ics } = render(marks as Record<Slot, string>);
  const pieces = {
    html: piecesOf(html),
    text: piecesOf(text),
    ics: ics === null ? null : piecesOf(unfoldCalendar(ics)),
  };
  const id = createHash('sha256').update(JSON.stringify(pieces)).digest('base64url');
  return { id, ...pieces };
}

export function fillFrame({ html, text, ics }: Omit<MailFrame, 'id'>, values: SlotValues): Rendered {
  return {
    html: fill(html, values, escapeHtml),
    text: fill(text, values, asItIs),
    ics: ics && foldCalendar(fill(ics, values, asItIs)),
  };
}

function fill(pieces: Pieces, values: SlotValues, write: (text: string) => string): string {
  const filled = pieces.map((piece, index) => {
    if (index % 2 === 0) return piece;
    const value = values[piece];
    if (value === undefined) throw new Error(`Nothing to put in the place of ${piece}`);
    return write(value);
  });
  return filled.join('');
}

const asItIs = (text: string): string => text;

/** As Preact writes text and attribute values. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
