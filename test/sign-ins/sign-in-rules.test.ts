import { expect } from 'chai';
import {
  describeDevice,
  endOfSignIn,
  idleEndOfSignIn,
  isSignInOpen,
} from '../../server/sign-ins/sign-in.rules.ts';

const now = new Date('2026-11-24T09:00:00Z');

describe('the rules of sign-ins', () => {
  it('describe a device so that its owner knows it, and others learn little', () => {
    const apple = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
    const known: [userAgent: string | undefined, device: string][] = [
      [
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
        'Firefox on Windows',
      ],
      [`Mozilla/5.0 (Windows NT 10.0) ${apple} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
      [`Mozilla/5.0 (Linux; Android 15) ${apple} Chrome/140.0 Mobile Safari/537.36`, 'Chrome on Android'],
      [
        `Mozilla/5.0 (Linux; Android 15) ${apple} SamsungBrowser/28.0 Chrome/130.0 Safari/537.36`,
        'Samsung Internet on Android',
      ],
      [
        `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${apple} CriOS/140.0 Safari/604.1`,
        'Chrome on iPhone',
      ],
      [
        `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${apple} Version/18.0 Safari/605.1.15`,
        'Safari on Mac',
      ],
      [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${apple} Chrome/140.0 Safari/537.36`, 'Chrome on Chrome OS'],
      ['Outlook (Windows)', 'A browser on Windows'],
      ['curl/8.0', 'An unknown browser'],
      ['', 'An unknown browser'],
      [undefined, 'An unknown browser'],
    ];
    for (const [userAgent, device] of known) expect(describeDevice(userAgent), userAgent).to.equal(device);
  });

  it('end a join pass a day after its event, however far away that is', () => {
    const soon = endOfSignIn('join', now, new Date('2026-11-24T17:00:00Z'));
    expect(soon.toISOString()).to.equal('2026-11-25T17:00:00.000Z');
    expect(endOfSignIn('join', now, new Date('2020-01-01T00:00:00Z')) < now).to.equal(true);
  });

  it('never let use carry a sign-in beyond its end', () => {
    const expiresAt = endOfSignIn('member', now);
    const late = new Date(expiresAt.getTime() - 60_000);
    expect(idleEndOfSignIn('member', late, expiresAt)).to.deep.equal(expiresAt);
  });

  it('close a sign-in at the very instant it ends', () => {
    const open = {
      revokedAt: null,
      idleExpiresAt: new Date(now.getTime() + 1),
      expiresAt: new Date(now.getTime() + 1),
    };
    expect(isSignInOpen(open, now)).to.equal(true);
    expect(isSignInOpen({ ...open, idleExpiresAt: now }, now)).to.equal(false);
    expect(isSignInOpen({ ...open, expiresAt: now }, now)).to.equal(false);
    expect(isSignInOpen({ ...open, revokedAt: now }, now)).to.equal(false);
  });
});
