import { expect } from 'chai';
import { gallery, renderPage } from '../../support/pages/gallery.ts';

describe('every page', () => {
  for (const { name, page, site } of gallery) {
    it(`${name}: one main, one first heading, no id twice, no inline style or script`, () => {
      const html = renderPage(page, site);
      expect(html.match(/<main\b/g)).to.have.length(1);
      expect(html.match(/<h1\b/g)).to.have.length(1);
      expect(html).to.match(/^<!doctype html><html lang="en-GB">/);
      expect(html).not.to.match(/\sstyle="/);
      expect(html.match(/<script(?! type="application\/ld\+json")[^>]*>/g)).to.equal(null);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
    });

    it(`${name}: labels and descriptions lead to something, and forms that change something post`, () => {
      const html = renderPage(page, site);
      const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
      const references = [...html.matchAll(/\s(?:for|aria-labelledby|aria-describedby|list)="([^"]+)"/g)];
      const missing = references
        .flatMap(([, value]) => (value ?? '').split(' '))
        .filter((id) => !ids.has(id));
      expect(missing).to.deep.equal([]);
      const inPageLinks = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(inPageLinks.filter((id) => !ids.has(id))).to.deep.equal([]);
      for (const [form] of html.matchAll(/<form\b[^>]*>/g)) {
        // What needs script is drawn for who has it, and says so.
        expect(form, form).to.match(/method="post"|class="filters"|role="search"|data-needs-script/);
      }
    });
  }
});
