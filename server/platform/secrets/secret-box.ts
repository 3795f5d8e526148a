import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Encryption, signatures and tokens, all from one installation key of 32 bytes (64 hexadecimal digits). */
export interface SecretBox {
  /** AES-256-GCM with a key of its own per purpose: `v1.<iv>.<tag>.<ciphertext>`, each base64url. */
  encrypt(purpose: string, text: string): string;
  /** Throws when the text was changed, or was encrypted for another purpose. */
  decrypt(purpose: string, sealed: string): string;
  /** HMAC-SHA256, base64url, with a key of its own per purpose. */
  sign(purpose: string, text: string): string;
  isSignedBy(purpose: string, text: string, signature: string): boolean;
}

const mostKeys = 100;

export function createSecretBox(secretKey: string): SecretBox {
  const root = Buffer.from(secretKey, 'hex');
  const keys = new Map<string, Buffer>();
  // Deriving a key costs as much as ten signatures. Some purposes name a person: those must not pile up.
  const keyFor = (purpose: string): Buffer => {
    const key = keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', root, '', `plenary ${purpose}`, 32));
    if (keys.size >= mostKeys) keys.clear();
    keys.set(purpose, key);
    return key;
  };
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', keyFor(`sign ${purpose}`))
      .update(text)
      .digest('base64url');
  return {
    encrypt(purpose, text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(`encrypt ${purpose}`), iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [
        'v1',
        iv.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        sealed.toString('base64url'),
      ].join('.');
    },
    decrypt(purpose, sealed) {
      const [version, iv = '', tag = '', body = ''] = sealed.split('.');
      if (version !== 'v1') throw new Error('Sealed by an unknown version');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyFor(`encrypt ${purpose}`),
        Buffer.from(iv, 'base64url'),
        {
          authTagLength: 16,
        },
      );
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return decipher.update(body, 'base64url', 'utf8') + decipher.final('utf8');
    },
    sign,
    isSignedBy(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

/** 256 random bits for a link or a cookie, base64url (43 characters). */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: its SHA-256, hexadecimal. A leaked database then opens no door. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
