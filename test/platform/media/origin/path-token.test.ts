import { expect } from 'chai';
import {
  createPathChecker,
  makePathToken,
  makeWatchPath,
  replayScope,
} from '../../../../server/platform/media/origin/path-token.ts';
import { createSecretBox } from '../../../../server/platform/secrets/secret-box.ts';

const secrets = createSecretBox('ab'.repeat(32));
const start = Date.parse('2026-11-24T09:00:00Z');
const pass = { scope: 'stream-0001', viewer: 'viewer-1', expiresAt: start + 600_000 };

describe('a path token', () => {
  let now = start;
  beforeEach(() => (now = start));
  const checker = () => createPathChecker(secrets, () => now);
  const token = makePathToken(secrets, pass);

  it('opens its scope until the second it runs out, and nothing after', () => {
    const { check } = checker();
    expect(check(token, pass.scope)).to.deep.equal({ ok: true, viewer: 'viewer-1' });
    now = pass.expiresAt - 1;
    expect(check(token, pass.scope)).to.include({ ok: true });
    now = pass.expiresAt;
    expect(check(token, pass.scope)).to.deep.equal({ ok: false, reason: 'expired' });
    expect(checker().check(token, pass.scope)).to.deep.equal({ ok: false, reason: 'expired' });
  });

  it('opens no other stream, and no replay of its own', () => {
    const { check } = checker();
    expect(check(token, pass.scope)).to.include({ ok: true });
    for (const scope of ['stream-0002', 'stream-000', replayScope('stream-0001', start, start + 1), ''])
      expect(check(token, scope), scope).to.deep.equal({ ok: false, reason: 'forged' });
  });

  it('is found out when any of it was changed or another key made it', () => {
    const { check } = checker();
    const later = (Math.floor(pass.expiresAt / 1_000) + 1).toString(36);
    const [expires = '', , signature = ''] = token.split('.');
    const forged = [
      `${later}.viewer-1.${signature}`,
      `${expires}.viewer-2.${signature}`,
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${token}A`,
      token.slice(0, -1),
      '',
      '..',
      makePathToken(createSecretBox('cd'.repeat(32)), pass),
    ];
    for (const one of forged)
      expect(check(one, pass.scope), one).to.deep.equal({ ok: false, reason: 'forged' });
  });

  it('opens nothing while its viewer is revoked, though it was good a moment ago', () => {
    const { check, revoke } = checker();
    expect(check(token, pass.scope)).to.include({ ok: true });
    revoke(['viewer-1'], start + 60_000);
    expect(check(token, pass.scope)).to.deep.equal({ ok: false, reason: 'revoked' });
    now = start + 60_000;
    expect(check(token, pass.scope)).to.include({ ok: true });
  });

  it('opens nothing of a replay that was taken back, whoever holds it, and all of one with another tag', () => {
    const { check, revoke } = checker();
    const scopeOf = (tag: string) =>
      replayScope('stream-0001', start, start + 1, { tag, fileId: 'file-00001' });
    const open = (tag: string) =>
      check(makePathToken(secrets, { ...pass, scope: scopeOf(tag) }), scopeOf(tag));
    expect(open('replay-tag-1')).to.include({ ok: true });
    revoke(['replay-tag-1'], start + 60_000);
    expect(open('replay-tag-1')).to.deep.equal({ ok: false, reason: 'revoked' });
    expect(open('replay-tag-2')).to.include({ ok: true });
    now = start + 60_000;
    expect(open('replay-tag-1')).to.include({ ok: true });
  });

  it('stands in the path of what it opens, and holds only what a path may', () => {
    expect(makeWatchPath(secrets, pass)).to.match(/^\/live\/t\/[\w.-]+\/stream-0001\/$/);
    expect(() => makePathToken(secrets, { ...pass, viewer: 'a/b' })).to.throw();
  });
});
