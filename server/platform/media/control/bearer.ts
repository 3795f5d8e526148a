import type { IncomingMessage } from 'node:http';
import type { SecretBox } from '../../secrets/secret-box.ts';

/** What the media process and the web processes show each other: both derive it from the installation's key. */
export const mediaBearer = (secrets: SecretBox): string => secrets.sign('media-control', 'v1');

/** Whether a request comes from the other process; compared in constant time. */
export function isFromOtherProcess(secrets: SecretBox, request: Pick<IncomingMessage, 'headers'>): boolean {
  const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return secrets.isSignedBy('media-control', 'v1', given);
}
