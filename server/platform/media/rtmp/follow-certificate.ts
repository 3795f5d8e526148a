import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Logger } from '../../logging/create-logger.ts';

const lookEveryMs = 60_000;

/** PEM, both. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}
export interface CertificateFiles {
  readonly keyFile: string;
  readonly certFile: string;
}

export interface CertificateWatch {
  look(): Promise<void>;
  stop(): void;
}

export async function readCertificate({ keyFile, certFile }: CertificateFiles): Promise<Certificate> {
  const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
  return { key, cert };
}

/** Throws also where the two do not belong together, as when one of them is written and the other not yet. */
function requireUsable({ key, cert }: Certificate): void {
  // An empty file would be taken for no certificate, which is none to complain about.
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
    throw new Error('The key is of another certificate');
  createSecureContext({ key, cert });
}

/**
 * Looks once a minute whether the files hold another certificate, which `use` then gets: one lives for weeks, and who renews it
 * swaps links, of which a watch of the file system hears nothing. What cannot be used is warned of once, and changes nothing.
 */
export function followCertificate(
  files: CertificateFiles,
  first: Certificate,
  { logger, use }: { readonly logger: Logger; readonly use: (certificate: Certificate) => void },
): CertificateWatch {
  const textOf = ({ key, cert }: Certificate) => `${key}\n${cert}`;
  let seen: string | null = textOf(first);
  const look = async () => {
    let found: string | null = null;
    try {
      const certificate = await readCertificate(files);
      found = textOf(certificate);
      if (found === seen) return;
      requireUsable(certificate);
      use(certificate);
      logger.info('the certificate of RTMPS is another one now');
    } catch (err) {
      if (found !== seen)
        logger.warn({ err }, 'the certificate of RTMPS cannot be used; the one of before stays');
    }
    seen = found;
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  return { look, stop: () => clearInterval(timer) };
}
