import { expect } from 'chai';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInMember } from '../support/signing-in.ts';

describe('the pages of the site', () => {
  let product: Product;
  const read = async (path: string) => (await new BrowserSession(product.url).get(path)).text();

  before(async () => {
    product = await openProduct({ worker: false });
    await seedMember(product);
  });
  after(() => product.close());

  it('come with the product, each with one title', async () => {
    for (const [path, title] of [
      ['/privacy', 'Privacy'],
      ['/accessibility', 'Accessibility statement'],
      ['/terms', 'Terms'],
    ] as const) {
      const html = await read(path);
      expect(html.match(/<h1[^>]*>(.*?)<\/h1>/g), path).to.have.length(1);
      expect(html).to.include(`>${title}</h1>`).and.include('<h2>');
    }
  });

  it('are edited by an owner, shown at once, and not overwritten by a form that is behind', async () => {
    expect(await read('/terms')).to.include('Your place');
    const owner = await signInMember(product);
    const form = await (await owner.get('/console/documents/terms')).text();
    expect(form).to.include('name="revision" value="0"').and.include('# Terms');
    const both = await Promise.all(
      ['Ours', 'Theirs'].map((text) =>
        owner.post('/console/documents/terms', { revision: '0', markdown: `# House rules\n\n${text} <b>` }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
    const page = await read('/terms');
    expect(page).to.include('<h1>House rules</h1>').and.include('&lt;b&gt;').and.include('Last changed on');
    expect(page).not.to.include('Your place');
    const late = await owner.post('/console/documents/terms', { revision: '0', markdown: 'Kept text' });
    expect(late.status).to.equal(409);
    expect(await late.text())
      .to.include('Kept text')
      .and.include('name="revision" value="1"');
  });

  it('cannot be edited by anybody else', async () => {
    const stranger = new BrowserSession(product.url);
    expect(
      (await stranger.post('/console/documents/terms', { revision: '1', markdown: 'x' })).status,
    ).to.equal(401);
    expect(await read('/terms')).to.include('House rules');
  });
});
