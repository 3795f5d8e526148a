import { authenticatorUri, secretOfBytes } from '../organisers/second-factor.rules.ts';
import type { SecretBox } from '../platform/secrets/secret-box.ts';

export const demoOrganiserSlug = 'pse365';
export const demoMemberEmail = 'organiser@pse365.example';

/** Made from the installation's own key, so no two demos share it and it need not be kept anywhere. */
export const demoTotpSecret = (secrets: SecretBox): string =>
  secretOfBytes(Buffer.from(secrets.sign('demo second factor', demoMemberEmail), 'base64url'));

export const demoAuthenticatorUri = (secrets: SecretBox): string =>
  authenticatorUri(demoTotpSecret(secrets), 'Plenary demo', demoMemberEmail);
