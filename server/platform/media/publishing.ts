import type { IngestKind } from '../../contracts/stream-health.ts';
import type { UnitSink } from './access-unit.ts';

/** Who wants to publish. `credential` is a secret: it never reaches a log. */
export interface Publisher {
  readonly kind: IngestKind;
  readonly credential: string;
  readonly address: string;
  /** Ends the connection and tells the encoder why, in a sentence, as its protocol allows. Safe to call twice. */
  cut(why: string): void;
  /** Asks for a picture that is decodable on its own, where the protocol can ask. */
  requestKeyFrame?(): void;
}

export interface OpenInput extends UnitSink {
  /** `finished`: the encoder said goodbye; `lost`: the line broke, it may come back. Safe to call twice. */
  close(how: 'finished' | 'lost'): void;
  /** Units that came but could not be used, to be counted in the health. */
  dropped(units: number): void;
}

export type PublishAnswer =
  | { readonly ok: true; readonly input: OpenInput }
  /** `busy`: somebody else publishes here and is well; HTTP answers 409, the others 401 or 403. */
  | {
      readonly ok: false;
      readonly reason: 'refused' | 'busy' | 'too-many' | 'unavailable';
      readonly message: string;
    };

/** Lets a publisher in. Every way in (RTMP, WHIP, recorder) is given one of these. */
export type Admit = (publisher: Publisher) => Promise<PublishAnswer>;
