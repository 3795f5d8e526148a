import {
  mediaMessages,
  type MediaAnswer,
  type MediaMessage,
  type MediaMessageName,
} from '../../../contracts/media-control.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import { askOverHttp, type Asked } from './ask-over-http.ts';
import { mediaBearer } from './bearer.ts';

/** What the media process asks of web, and tells it. */
export interface WebClient {
  ask<K extends MediaMessageName>(name: K, message: MediaMessage<K>): Promise<Asked<MediaAnswer<K>>>;
}

/** An encoder waits for the answer; OBS gives up after ten. */
const timeoutMs = 5_000;

/** `url` is where a web process listens, such as `http://127.0.0.1:3000`. */
export function createWebClient(options: { readonly url: string; readonly secrets: SecretBox }): WebClient {
  const bearer = mediaBearer(options.secrets);
  const base = options.url.replace(/\/+$/, '');
  return {
    async ask<K extends MediaMessageName>(name: K, message: MediaMessage<K>) {
      const asked = await askOverHttp(mediaMessages[name], message, {
        url: `${base}/internal/media/${name}`,
        bearer,
        timeoutMs,
      });
      return asked as Asked<MediaAnswer<K>>;
    },
  };
}
