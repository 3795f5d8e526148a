import { whoEnded } from './line-words.ts';
import type { Published } from './studio.store.ts';

const patienceMs = 5_000;
const mostBitrate = 2_500_000;
/** A line that is only disturbed mends itself within this. */
const disturbedMs = 4_000;

/** Publishes by WHIP (RFC 9725): the quick way, which needs UDP. Without a connection within five seconds there is no way. */
export async function publishByWhip(programme: MediaStream, ticket: string): Promise<Published> {
  const peer = new RTCPeerConnection();
  const headers = { Authorization: `Bearer ${ticket}` };
  let session: string | null = null;
  // The session first: a line that closes by itself looks like one that broke, and is waited for.
  const leave = async () => {
    const goodbye = { method: 'DELETE', headers, keepalive: true, signal: AbortSignal.timeout(3_000) };
    const answer = session === null ? null : await fetch(session, goodbye).catch(() => null);
    peer.close();
    return answer;
  };
  try {
    for (const track of programme.getTracks())
      peer.addTransceiver(track, { direction: 'sendonly', streams: [programme] });
    await peer.setLocalDescription();
    const answer = await fetch('/live/whip', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/sdp' },
      body: peer.localDescription?.sdp ?? '',
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status !== 201) {
      peer.close();
      // 4xx: who we are or what is on air; the rest may go by the other way.
      const isRefused = [401, 403, 429].includes(answer.status);
      const reason = answer.status === 409 ? 'busy' : isRefused ? 'refused' : 'no-way';
      return { ok: false, reason, message: await detailOf(answer) };
    }
    session = answer.headers.get('Location');
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    await limitSenders(peer);
  } catch {
    await leave();
    return { ok: false, reason: 'no-way', message: noWay };
  }
  if (!(await isConnected(peer))) {
    await leave();
    return { ok: false, reason: 'no-way', message: noWay };
  }
  const ended = untilBroken(peer).then(async () => {
    // Whoever was cut is told why when it asks for its session.
    const last = await leave();
    return { message: last?.status === 410 ? whoEnded(await detailOf(last)) : null };
  });
  return { ok: true, publication: { ended, close: () => void leave() } };
}

async function limitSenders(peer: RTCPeerConnection): Promise<void> {
  for (const sender of peer.getSenders()) {
    if (sender.track?.kind !== 'video') continue;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.maxBitrate = mostBitrate;
    // A change of size begins the picture anew for every viewer.
    await sender.setParameters({ ...parameters, degradationPreference: 'maintain-resolution' });
  }
}

function isConnected(peer: RTCPeerConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs);
    const look = () => {
      if (peer.connectionState !== 'connected' && peer.connectionState !== 'failed') return;
      clearTimeout(timer);
      resolve(peer.connectionState === 'connected');
    };
    peer.addEventListener('connectionstatechange', look);
    look();
  });
}

function untilBroken(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    peer.addEventListener('connectionstatechange', () => {
      clearTimeout(timer);
      const { connectionState } = peer;
      if (connectionState === 'failed' || connectionState === 'closed') resolve();
      if (connectionState === 'disconnected') timer = setTimeout(resolve, disturbedMs);
    });
  });
}

const noWay = 'Your network lets no live picture through this way.';

async function detailOf(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => null)) as { detail?: unknown } | null;
  return typeof problem?.detail === 'string'
    ? problem.detail
    : 'The server did not take the picture. Try again.';
}
