import { expect } from 'chai';
import { chatText } from '../../../client/islands/live-room/chat-text.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

const links = (text: string) => chatText(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
const whole = (text: string) =>
  chatText(text)
    .map((part) => part.text)
    .join('');

describe('what somebody wrote in the chat', () => {
  it('has links where an address of the web stands, without what ends the sentence', () => {
    expect(links('See https://example.org/a?b=c#d, or (http://example.org/x_(y)).')).to.deep.equal([
      'https://example.org/a?b=c#d',
      'http://example.org/x_(y)',
    ]);
    expect(links('https://example.org/one https://example.org/two!')).to.have.length(2);
    expect(links('»https://example.org/…«')).to.deep.equal(['https://example.org/']);
  });

  for (const text of [
    'javascript:alert(1)',
    'JaVaScRiPt://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x file:///etc/passwd ftp://example.org',
    'https://bank.example@elsewhere.example/',
    'https://user:secret@example.org/',
    'https://localhost/admin',
    'https://example.org\u202e/gpj.exe',
    'https://exam\u200bple.org/',
    'https://',
    'http://[::1',
  ])
    it(`has no link in ${JSON.stringify(text)}, and keeps the text`, () => {
      expect(links(text)).to.deep.equal([]);
      expect(whole(text)).to.equal(text);
    });

  it('stops an address at a quote or an angle bracket', () => {
    expect(links('https://example.org/"onmouseover="alert(1)')).to.deep.equal(['https://example.org/']);
    expect(links('<a href="https://example.org/x">')).to.deep.equal(['https://example.org/x']);
  });

  it('shows an address in look-alike letters as the network spells it', () => {
    const [part] = chatText('https://раураl.example/');
    expect(part).to.deep.include({ kind: 'link', text: part?.kind === 'link' ? part.href : '' });
    expect(part?.text).to.match(/^https:\/\/xn--/);
  });

  it('keeps every hostile text as it is', () => {
    for (const text of hostileTexts) expect(whole(text)).to.equal(text);
  });

  it('marks whom it mentions by the longest name, and oneself apart', () => {
    const mentioned = [
      { name: 'Ann', isMine: false },
      { name: 'Ann Price', isMine: true },
    ];
    expect(chatText('@ann price and @Ann: https://example.org/@Ann @Bob', mentioned)).to.deep.equal([
      { kind: 'mention', text: '@ann price', isMine: true },
      { kind: 'text', text: ' and ' },
      { kind: 'mention', text: '@Ann', isMine: false },
      { kind: 'text', text: ': ' },
      { kind: 'link', text: 'https://example.org/@Ann', href: 'https://example.org/@Ann' },
      { kind: 'text', text: ' @Bob' },
    ]);
  });
});
