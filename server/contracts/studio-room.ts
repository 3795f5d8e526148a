import { z } from 'zod';
import { clientId, liveId } from './live-text.ts';

/**
 * The backstage room of one stage: a host, who composes what goes on air, and guests. Pictures and sound go from browser
 * to browser (WebRTC), each guest to the host and back; the server keeps who is there and passes descriptions on.
 */

/** One page that is in the room; made by the page, new each time it is loaded. */
export const studioPeerId = clientId;

export const studioSeat = z.strictObject({
  peerId: studioPeerId,
  /** Whose page it is: one that another has left may be named by anybody. */
  participantId: liveId,
  /** host: the page whose picture goes on air. The last organiser who opened the room has it. */
  role: z.enum(['host', 'guest']),
  name: z.string(),
});
export type StudioSeat = z.infer<typeof studioSeat>;

/** Besides the host. A laptop that composes decodes them all and sends each a picture back. */
export const mostStudioGuests = 4;

/** Entering is said again every so often to stay; a page that was killed is gone after the lease. */
export const studioBeatMs = 8_000;
export const studioLeaseMs = 25_000;

/** How browsers find each other (`RTCIceServer`). Empty: only by addresses of their own. */
export const iceServer = z.strictObject({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** Everything about one state of the room. A higher `revision` replaces a lower one. */
export const studioRoom = z.strictObject({
  revision: z.int().min(0),
  seats: z.array(studioSeat).max(mostStudioGuests + 1),
});
export type StudioRoom = z.infer<typeof studioRoom>;

export const enteredStudio = z.strictObject({ room: studioRoom, iceServers: z.array(iceServer) });
export type EnteredStudio = z.infer<typeof enteredStudio>;

/**
 * What two pages tell each other to connect: a description with all its candidates in it (RFC 8829), so that one message
 * each way is enough, or that the sender left the connection. Bounded by the size of a socket's frame.
 */
export const studioSignal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offer'), sdp: z.string().max(12_000) }),
  z.strictObject({ kind: z.literal('answer'), sdp: z.string().max(12_000) }),
  /** From the host, for the guest's own page to say: whether viewers get them, and whether they are silenced. */
  z.strictObject({ kind: z.literal('standing'), isOnAir: z.boolean(), isMuted: z.boolean() }),
]);
export type StudioSignal = z.infer<typeof studioSignal>;

/** To every page of the room, whenever somebody came, left or became host. */
export const studioChanged = z.strictObject({
  eventId: liveId,
  stageId: liveId.nullable(),
  room: studioRoom,
});
/** To one page. The server says who sent it. Only host and guest signal each other, never guest and guest. */
export const studioSignalled = z.strictObject({
  eventId: liveId,
  stageId: liveId.nullable(),
  fromPeerId: studioPeerId,
  toPeerId: studioPeerId,
  signal: studioSignal,
});
