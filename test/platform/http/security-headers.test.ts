import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import {
  allowPictures,
  securityHeaders,
  type PictureOrigin,
} from '../../../server/platform/http/security-headers.ts';

describe('the policy of a page', () => {
  let server: Server;
  const guard = securityHeaders('https://plenary.example');
  before(async () => {
    server = createServer((request, response) => {
      guard(request, response, () => {
        const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.getAll('from');
        if (asked.length > 0) allowPictures(response, asked as PictureOrigin[]);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => void server.close());

  async function policyOf(query: string): Promise<Record<string, string>> {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/${query}`);
    const parts = (response.headers.get('content-security-policy') ?? '').split(';');
    return Object.fromEntries(
      parts.map((part) => {
        const [name = '', ...sources] = part.trim().split(' ');
        return [name, sources.join(' ')];
      }),
    );
  }

  it('lets nothing in from elsewhere, and no page before or after one that may', async () => {
    const plain = await policyOf('');
    expect(plain['frame-src']).to.equal("'self'");
    expect(plain['connect-src']).to.equal("'self'");
    await policyOf('?from=youtube&from=hls');
    expect(await policyOf('')).to.deep.equal(plain);
  });

  it('lets in the one player that a stage shows, and nothing else', async () => {
    const plain = await policyOf('');
    expect(await policyOf('?from=youtube&from=youtube')).to.deep.equal({
      ...plain,
      'frame-src': "'self' https://www.youtube-nocookie.com",
    });
    expect(await policyOf('?from=vimeo')).to.deep.equal({
      ...plain,
      'frame-src': "'self' https://player.vimeo.com",
    });
  });

  it('lets pictures of an HTTPS address be fetched, but no script of it', async () => {
    const policy = await policyOf('?from=hls');
    expect(policy['connect-src']).to.equal("'self' https:");
    expect(policy['media-src']).to.equal("'self' blob: https:");
    expect(policy['script-src']).to.equal("'self'");
  });
});
