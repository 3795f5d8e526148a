import { campaignMessage } from '../emails/campaign-message.tsx';
import type { Config } from './config.ts';
import { inTransaction } from './platform/database/transaction.ts';
import type { Assets } from './platform/http/assets.ts';
import type { Logger } from './platform/logging/create-logger.ts';
import { createControlClient, type ControlClient } from './platform/media/control/control-client.ts';
import { createMailer, type Mailer } from './platform/mail/mailer.ts';
import { createSecretBox, type SecretBox } from './platform/secrets/secret-box.ts';
import { systemClock, type Clock } from './platform/time/clock.ts';

/** Everything a use case may reach outside its arguments. Tests replace single parts of it. */
export interface Deps {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: SecretBox;
  readonly assets: Assets;
  readonly mailer: Mailer;
  /** Asks the media process; not inside a transaction. */
  readonly media: ControlClient;
  /** Renders what an organiser looks at before it is sent. */
  readonly renderEmail: { readonly campaignMessage: typeof campaignMessage };
  /** Opened by the outermost use case only; holds no network call. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
}

export function createDeps(parts: {
  config: Config;
  secretKey: string;
  logger: Logger;
  assets: Assets;
  clock?: Clock;
  /** Where the media process listens, when that is known only once it does. */
  mediaUrl?: () => string;
}): Deps {
  const secrets = createSecretBox(parts.secretKey);
  return {
    config: parts.config,
    clock: parts.clock ?? systemClock,
    logger: parts.logger,
    secrets,
    assets: parts.assets,
    mailer: createMailer(parts.config),
    media: createControlClient({ url: parts.mediaUrl ?? parts.config.media.url, secrets }),
    renderEmail: { campaignMessage },
    transaction: inTransaction,
  };
}
