import { expect } from 'chai';
import { accentStyles, contrast, parse } from '../../server/catalogue/accent.rules.ts';

describe('an accent', () => {
  it('can be read on light and on dark paper, and under its own text, whatever was chosen', () => {
    for (const hex of ['#ffffff', '#000000', '#ffff00', '#0b5c63', '#ff00aa', '#808080', '#fbfaf7']) {
      const [light = '', dark = ''] = accentStyles(hex).split('@media');
      for (const [styles, paper] of [
        [light, '#fbfaf7'],
        [dark, '#10161b'],
      ] as const) {
        const [accent = '', onAccent = ''] = [...styles.matchAll(/:(#[0-9a-f]{6})/g)].map(
          ([, value]) => value ?? '',
        );
        expect(contrast(parse(accent), parse(paper)), `${hex} on ${paper}`).to.be.at.least(4.5);
        expect(contrast(parse(accent), parse(onAccent)), `text on ${hex}`).to.be.at.least(4.5);
      }
    }
  });

  it('stays as it was chosen where it can be read', () => {
    expect(accentStyles('#0b5c63')).to.match(/^:root\{--accent:#0b5c63;--on-accent:#ffffff/);
  });
});
