import { expect } from 'chai';
import fc from 'fast-check';
import { render } from 'preact-render-to-string';
import { Plate } from '../../../client/components/plate.tsx';
import { initialsOf, plateLook } from '../../../client/components/plate-look.ts';

const slugs = Array.from({ length: 200 }, (_, index) => `speaker-${index}`);

describe('drawn pictures', () => {
  it('are the same for the same slug, and spread over every ground and pattern', () => {
    expect(render(<Plate seed="amina" shape="portrait" name="Amina" />)).to.equal(
      render(<Plate seed="amina" shape="portrait" name="Amina" />),
    );
    expect(new Set(slugs.map((slug) => plateLook(slug).pattern)).size).to.equal(8);
    expect(new Set(slugs.map((slug) => plateLook(slug).ground)).size).to.equal(5);
  });

  it('weigh little, so that a page of a dozen speakers stays small', () => {
    const sizes = slugs
      .map((slug) => render(<Plate seed={slug} shape="portrait" />).length)
      .sort((a, b) => a - b);
    expect(sizes[100]).to.be.lessThan(9_000);
    expect(sizes.at(-1)).to.be.lessThan(22_000);
  });

  it('draw only finite numbers, whatever the slug', () => {
    fc.assert(
      fc.property(fc.string(), (slug) => !/NaN|Infinity/.test(render(<Plate seed={slug} shape="poster" />))),
    );
  });

  it('take the letters of a name, not of a title', () => {
    expect(initialsOf('Prof. David Achebe')).to.equal('DA');
    expect(initialsOf('Dr Amina Rahman-Jones')).to.equal('AJ');
    expect(initialsOf('Élodie')).to.equal('É');
    expect(initialsOf('')).to.equal('');
    expect(initialsOf('Łukasz  Żak')).to.equal('ŁŻ');
  });
});
