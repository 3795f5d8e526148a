import { expect } from 'chai';
import { renderMarkdown, splitTitle } from '../../../server/platform/markdown/render-markdown.ts';

describe('render-markdown', () => {
  it('renders paragraphs, lists and links, and every link lets go of the opener', () => {
    const html = renderMarkdown('Come **early**.\n\n- one\n- [two](https://example.org)');
    expect(html).to.include('<strong>early</strong>').and.include('<li>one</li>');
    expect(html).to.match(/<a href="https:\/\/example\.org" rel="noopener">two<\/a>/);
  });

  for (const attack of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:msgbox)',
    '![x](https://elsewhere.example/pixel.png)',
    '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    '"><svg/onload=alert(1)>',
    '<https://a.example/"onclick=alert(1)>',
  ]) {
    it(`makes nothing active out of ${attack}`, () => {
      const html = renderMarkdown(attack);
      expect(html).not.to.match(/<(?:script|img|svg|iframe)/i);
      expect(html).not.to.match(/href="\s*(?:javascript|vbscript|data):/i);
      // Inside a tag, an attribute that starts with "on" could only come from the attack.
      expect(html).not.to.match(/<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+\s*=/i);
    });
  }

  it('moves headings under the page title without skipping a level', () => {
    const html = renderMarkdown('# Top\n\n## Below\n\n###### Deep', 2);
    expect(html).to.include('<h2>Top</h2>').and.include('<h3>Below</h3>').and.include('<h6>Deep</h6>');
    expect(renderMarkdown('### Only', 3)).to.include('<h3>Only</h3>');
    expect(html).not.to.include('<h1');
  });

  it('takes the first heading of a document as its title', () => {
    expect(splitTitle('# Privacy\n\nText', 'x')).to.deep.equal({ title: 'Privacy', body: '\nText' });
    expect(splitTitle('Text only', 'Terms')).to.deep.equal({ title: 'Terms', body: 'Text only' });
  });
});
