import { expect } from 'chai';
import fc from 'fast-check';
import { ownPath } from '../../../server/platform/http/own-path.ts';

const site = 'https://events.example.org';

describe('ownPath', () => {
  it('keeps paths of this site as they are', () => {
    for (const path of ['/', '/events?topic=energy&month=2026-12', '/events/a#agenda', '/caf%C3%A9'])
      expect(ownPath(path, site)).to.equal(path);
  });

  it('refuses whatever a browser could take for another site', () => {
    const evil = [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/.//evil.example',
      '/x/..//evil.example',
      '/\tevil',
      '/events\r\nSet-Cookie: sid=1',
      ' //evil.example',
      'events',
      '',
      undefined,
      ['/events'],
      { toString: () => '/events' },
      `/${'x'.repeat(2_000)}`,
      '/\ud800',
    ];
    for (const next of evil) expect(ownPath(next, site), String(next)).to.equal(null);
  });

  it('never returns anything that leads elsewhere, whatever is given', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      '%2f',
      '\t',
      'a',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const path = ownPath(parts.join(''), site);
        if (path !== null) expect(new URL(path, site).origin).to.equal(site);
      }),
    );
  });
});
