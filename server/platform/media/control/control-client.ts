import {
  controlMessages,
  type ControlAnswer,
  type ControlMessage,
  type ControlName,
} from '../../../contracts/media-control.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import { askOverHttp, type Asked } from './ask-over-http.ts';
import { mediaBearer } from './bearer.ts';

/** What web asks of the media process. */
export interface ControlClient {
  ask<K extends ControlName>(name: K, message: ControlMessage<K>): Promise<Asked<ControlAnswer<K>>>;
}

/** Deleting an hour of segments takes its time on a slow disk. */
const timeoutMs = { usual: 3_000, erase: 30_000 };

/** `url` is where the media process listens, such as `http://127.0.0.1:3002`; a function when it is known later. */
export function createControlClient(options: {
  readonly url: string | (() => string);
  readonly secrets: SecretBox;
}): ControlClient {
  const bearer = mediaBearer(options.secrets);
  return {
    async ask<K extends ControlName>(name: K, message: ControlMessage<K>) {
      const base = typeof options.url === 'string' ? options.url : options.url();
      const asked = await askOverHttp(controlMessages[name], message, {
        url: `${base.replace(/\/+$/, '')}/control/${name}`,
        bearer,
        timeoutMs: name === 'erase' ? timeoutMs.erase : timeoutMs.usual,
      });
      return asked as Asked<ControlAnswer<K>>;
    },
  };
}
