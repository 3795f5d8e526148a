import type { SecretBox } from '../platform/secrets/secret-box.ts';

/** Encrypts for one registration alone: moved to another, the text does not open. Nothing said is null. */
export function sealAccessNeeds(registrationId: string, text: string, secrets: SecretBox): string | null {
  return text === '' ? null : secrets.encrypt(purposeFor(registrationId), text);
}

/** '' when nothing was said. */
export function openAccessNeeds(
  registration: { readonly _id: string; readonly accessNeeds?: string | null },
  secrets: SecretBox,
): string {
  return registration.accessNeeds
    ? secrets.decrypt(purposeFor(registration._id), registration.accessNeeds)
    : '';
}

const purposeFor = (registrationId: string) => `access-needs ${registrationId}`;
