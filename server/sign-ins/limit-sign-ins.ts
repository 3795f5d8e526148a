import { createRateLimit, limitByNetwork } from '../platform/http/rate-limits.ts';

/**
 * The limits of one process on signing in. Tries of a code and of a second factor are counted in the database
 * besides; these keep mailboxes and the server from being flooded.
 */
export function limitSignIns() {
  const mailsSoon = createRateLimit({ tries: 5, seconds: 900, what: 'sign-in emails for this address' });
  const mailsToday = createRateLimit({ tries: 30, seconds: 86_400, what: 'sign-in emails for this address' });
  const device = createRateLimit({ tries: 20, seconds: 900, what: 'sign-in emails asked for here' });
  const codes = createRateLimit({ tries: 30, seconds: 900, what: 'codes typed here' });
  return {
    network: limitByNetwork({ tries: 1_200, seconds: 60 }),
    async request(email: string, deviceToken: string) {
      await device.spend(deviceToken);
      await mailsSoon.spend(email);
      await mailsToday.spend(email);
    },
    code: (deviceToken: string | null, link: string) => codes.spend(deviceToken ?? link),
  };
}
export type SignInLimits = ReturnType<typeof limitSignIns>;
