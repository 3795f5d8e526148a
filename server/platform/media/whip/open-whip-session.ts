import { randomBytes } from 'node:crypto';
import type { PeerConnection } from 'node-datachannel';
import type { OpenInput } from '../publishing.ts';
import { answerOffer, openPeer, type PeerOptions } from './answer-offer.ts';
import { closeQuietly, receiveMedia } from './receive-media.ts';
import { isCandidateWithAddress } from './read-offer.ts';

export interface WhipTimes {
  /** Within which ICE and DTLS must be through. */
  readonly connectMs: number;
  /** A sender that is silent for so long is gone, whatever its line says. */
  readonly silentMs: number;
}

export interface WhipSession {
  readonly id: string;
  readonly answer: string;
  requestKeyFrame(): void;
  /** Lines of an SDP fragment that name more of the sender's addresses. */
  trickle(lines: readonly string[]): void;
  end(how: 'finished' | 'lost', why: string): void;
}

/** One publisher by WebRTC, from its offer until it is gone; `onEnd` comes once. Throws for an offer that cannot be used. */
export async function openWhipSession(
  offer: string,
  input: OpenInput,
  options: PeerOptions &
    WhipTimes & { readonly onEnd: (why: string) => void; readonly onConnect: () => void },
): Promise<WhipSession> {
  const id = randomBytes(18).toString('base64url');
  const peer = await openPeer(`whip-${id}`, options);
  const media = receiveMedia(input);
  const startedAt = performance.now();
  let isConnected = false;
  let isOver = false;

  const end = (how: 'finished' | 'lost', why: string) => {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    media.stop();
    closeQuietly(peer);
    input.close(how);
    options.onEnd(why);
  };
  const watch = setInterval(() => {
    if (!isConnected && performance.now() - startedAt > options.connectMs)
      end('lost', 'No connection came about: UDP may be blocked on the way.');
    else if (isConnected && media.silentMs() > options.silentMs) end('lost', 'Nothing came any more.');
  }, 250);
  watch.unref();
  peer.onStateChange((state) => {
    if (state === 'connected' && !isConnected) {
      isConnected = true;
      options.onConnect();
    }
    if (state === 'failed' || state === 'closed' || state === 'disconnected')
      end('lost', 'The connection broke.');
  });
  try {
    const answer = await answerOffer(peer, offer, options, (track) => media.attach(track));
    return {
      id,
      answer,
      requestKeyFrame: () => media.requestKeyFrame(),
      trickle: (lines) => addAll(peer, lines),
      end,
    };
  } catch (error) {
    end('lost', 'The offer could not be used.');
    throw error;
  }
}

function addAll(peer: PeerConnection, lines: readonly string[]): void {
  let mid = '0';
  for (const line of lines.slice(0, 100)) {
    mid = /^a=mid:(\S+)/.exec(line)?.[1] ?? mid;
    if (!isCandidateWithAddress(line)) continue;
    try {
      peer.addRemoteCandidate(line, mid);
    } catch {
      // One address less; the others may do.
    }
  }
}
