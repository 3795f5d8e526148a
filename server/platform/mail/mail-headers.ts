import MimeNode from 'nodemailer/lib/mime-node';

/**
 * Headers as Nodemailer encodes and folds them: without their last line break. Addresses go in as name and address
 * after validation, never as one string: that would be parsed, and a comma in a name be a second recipient.
 */
export const addressHeader = (key: 'From' | 'To' | 'Reply-To', name: string, address: string): string =>
  kept(`${key} ${name}\n${address}`, () => build(key, { name, address }));

export const textHeader = (key: 'Subject', text: string): string =>
  kept(`${key} ${text}`, () => build(key, text));

function build(key: string, value: string | { name: string; address: string }): string {
  const node = new MimeNode();
  node.setHeader(key, value);
  // Behind ours stands what a whole message would have.
  const lines = node.buildHeaders();
  return lines.slice(0, lines.search(/\r\n(?![ \t])/));
}

// Everybody at one event gets the same sender and subject.
const cache = new Map<string, string>();
const mostKept = 500;

function kept(key: string, make: () => string): string {
  let line = cache.get(key);
  if (line === undefined) {
    line = make();
    if (cache.size >= mostKept) cache.clear();
    cache.set(key, line);
  }
  return line;
}
