import { z } from 'zod';
import type { ProblemCode } from './problem.ts';
import { liveSnapshot, sessionProgress, type LiveSnapshot, type SessionProgress } from './live-snapshot.ts';

/** Each audience of an event has a log and a numbering of its own; moderators' holds all that viewers' does. */
export const liveAudience = z.enum(['viewers', 'moderators']);
export type LiveAudience = z.infer<typeof liveAudience>;

/** What can happen in a live room, as stored in its log and sent to browsers. Names are past facts. */
export const liveFact = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('session:moved'), session: sessionProgress }),
  /** Times, titles, stages or the event itself were edited: the whole room anew. */
  z.strictObject({ name: z.literal('agenda:changed'), snapshot: liveSnapshot }),
]);
export type LiveFact = z.infer<typeof liveFact>;

/** `seq` counts from 1 within one event and audience, without gaps. */
export const numberedFact = z.strictObject({ seq: z.int().min(1), at: z.iso.datetime(), fact: liveFact });
export type NumberedFact = z.infer<typeof numberedFact>;

export const sessionMove = z.enum([
  'go-live',
  'pause',
  'resume',
  'end',
  'undo-end',
  'skip',
  'cancel',
  'reinstate',
]);
export type SessionMove = z.infer<typeof sessionMove>;

const id = z.string().min(1).max(64);

/** Every message a browser may send, by name: imperative `noun:verb`. Each is answered through its ack. */
export const liveMessages = {
  /** `lastSeq` is the last number the browser has applied; null when it has nothing. */
  'live:join': z.strictObject({
    eventId: id,
    audience: liveAudience,
    lastSeq: z.int().min(0).nullable(),
  }),
  'session:move': z.strictObject({
    eventId: id,
    sessionId: id,
    move: sessionMove,
    /** The revision the organiser was looking at: a session that moved since is left alone. */
    revision: z.int().min(0),
  }),
} as const;
export type LiveMessageName = keyof typeof liveMessages;
export type LiveMessage<K extends LiveMessageName> = z.infer<(typeof liveMessages)[K]>;

/** Every answer to a message. `message` is a sentence a person may read. */
export type LiveAck<T extends object> =
  | ({ readonly ok: true } & T)
  | {
      readonly ok: false;
      readonly code: ProblemCode;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

/** Exactly what was missed, or everything when that is unknown or too much. `now` is the server's clock in ms. */
export type JoinAnswer = { readonly seq: number; readonly now: number } & (
  | { readonly kind: 'facts'; readonly facts: readonly NumberedFact[] }
  | { readonly kind: 'snapshot'; readonly snapshot: LiveSnapshot }
);

export type MoveAnswer = { readonly session: SessionProgress } & (
  | { readonly moved: true }
  | {
      readonly moved: false;
      readonly reason: 'already-moved' | 'not-possible' | 'stage-busy';
      /** A sentence for the organiser. */
      readonly message: string;
    }
);

/** Facts of one log, in order, as the server pushes them. */
export interface FactsPush {
  readonly eventId: string;
  readonly audience: LiveAudience;
  readonly facts: readonly NumberedFact[];
}

/** What a browser may send and what it answers with, for the types of both ends. */
export interface ClientToServer {
  'live:join': (message: LiveMessage<'live:join'>, ack: (answer: LiveAck<JoinAnswer>) => void) => void;
  'session:move': (message: LiveMessage<'session:move'>, ack: (answer: LiveAck<MoveAnswer>) => void) => void;
}

/** What the server pushes. */
export interface ServerToClient {
  'live:facts': (push: FactsPush) => void;
  /** This process is about to stop: leave, and come back after this long. */
  'live:drained': (notice: { readonly retryAfterMs: number }) => void;
  /** The right to be here ended: signed out, the place was cancelled, the role was taken. */
  'live:refused': (notice: { readonly code: ProblemCode; readonly message: string }) => void;
}
