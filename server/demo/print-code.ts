import { Secret, TOTP } from 'otpauth';
import { loadConfig } from '../config.ts';
import { readOrMakeInstallationKey } from '../platform/secrets/installation-key.ts';
import { createSecretBox } from '../platform/secrets/secret-box.ts';
import { demoMemberEmail, demoTotpSecret } from './demo-member.ts';

/** `npm run demo:code`: the six digits that the demo's organiser is asked for now. */
const config = loadConfig();
const secrets = createSecretBox(config.secretKey ?? readOrMakeInstallationKey(config.dataDirectory));
const secret = Secret.fromBase32(demoTotpSecret(secrets));
const secondsLeft = 30 - (Math.floor(Date.now() / 1000) % 30);
process.stdout.write(
  `${TOTP.generate({ secret })}  for ${demoMemberEmail}, good for ${secondsLeft} more seconds\n`,
);
