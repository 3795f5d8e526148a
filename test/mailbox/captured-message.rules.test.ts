import { expect } from 'chai';
import { linksIn, messageParts } from '../../server/mailbox/captured-message.rules.ts';

describe('a captured message', () => {
  it('gives its links once each, without what ends a sentence', () => {
    const text = 'Join: https://x.example/a?b=1&c=2.\n(https://x.example/d) https://x.example/a?b=1&c=2';
    expect(linksIn(text)).to.deep.equal(['https://x.example/a?b=1&c=2', 'https://x.example/d']);
    expect(linksIn('no link')).to.deep.equal([]);
  });

  it('lists the parts it has, with their sizes', () => {
    const parts = messageParts({ text: 'â', html: 'x'.repeat(1_500), ics: null }, '/m');
    expect(parts.map(({ name, size, path }) => [name, size, path])).to.deep.equal([
      ['Text', '2 bytes', '/m/text'],
      ['HTML', '1.5 kB', '/m/html'],
    ]);
    expect(messageParts({ text: '', html: '', ics: 'x' }, '/m')).to.have.length(3);
  });
});
