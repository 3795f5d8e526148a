import { expect } from 'chai';
import { readCookie } from '../../../server/platform/http/cookies.ts';

describe('readCookie', () => {
  it('finds our cookie among others, by its whole name', () => {
    expect(readCookie('a=1; sid=abc; b=2', 'sid', 'http://localhost')).to.equal('abc');
    expect(readCookie('xsid=1; sidx=2; SID=3', 'sid', 'http://localhost')).to.equal(null);
    expect(readCookie('sid=a=b', 'sid', 'http://localhost')).to.equal('a=b');
  });

  it('under https accepts only the name that a neighbouring subdomain cannot set', () => {
    expect(readCookie('sid=planted; __Host-sid=own', 'sid', 'https://events.example.org')).to.equal('own');
    expect(readCookie('sid=planted', 'sid', 'https://events.example.org')).to.equal(null);
  });

  it('reads nothing from nothing', () => {
    for (const header of [undefined, '', ';', '=', 'sid', 'sid=', 'sid=;']) {
      expect(readCookie(header, 'sid', 'http://localhost'), String(header)).to.equal(null);
    }
  });
});
