import type { Deps } from '../deps.ts';

/** What the links of a registration are signed over: a new holder, a new claim or a revocation ends the old ones. */
export interface Linked {
  readonly _id: string;
  readonly passVersion: number;
  readonly inviteUid: string;
}
type Signs = { readonly secrets: Pick<Deps['secrets'], 'sign' | 'isSignedBy'> };

/** The personal link that opens one live room. */
export function joinPath(registration: Linked, deps: Signs): string {
  return `/join/${registration._id}.${deps.secrets.sign('join', textOf(registration))}`;
}

/** The link in the holder's own mail to change, pass on or cancel the place. */
export function managePath(registration: Linked, deps: Signs): string {
  return `/registrations/${registration._id}/open/${deps.secrets.sign('manage', textOf(registration))}`;
}

export function isLinkOf(
  purpose: 'join' | 'manage',
  registration: Linked,
  signature: string,
  deps: Signs,
): boolean {
  return deps.secrets.isSignedBy(purpose, textOf(registration), signature);
}

/** The link by which the owner of a new address takes the place over; null when none was asked for. */
export function confirmEmailPath(registration: Asking, deps: Signs): string | null {
  if (!registration.emailChange) return null;
  const signature = deps.secrets.sign('email change', emailChangeText(registration));
  return `/registrations/${registration._id}/confirm-email/${signature}`;
}

export function isConfirmEmailLinkOf(registration: Asking, signature: string, deps: Signs): boolean {
  return deps.secrets.isSignedBy('email change', emailChangeText(registration), signature);
}

interface Asking {
  readonly _id: string;
  readonly emailChange?: { readonly requestId: string; readonly email: string } | null;
}

const textOf = ({ _id, passVersion, inviteUid }: Linked) => `${_id} ${passVersion} ${inviteUid}`;
const emailChangeText = ({ _id, emailChange }: Asking) =>
  `${_id} ${emailChange?.requestId ?? 'none'} ${emailChange?.email ?? ''}`;
