import type { EnteredStudio } from '../../../server/contracts/studio-room.ts';
import type { OfferingPeer, PeerState } from './guest-line.ts';
import type { AnsweringPeer } from './host-lines.ts';
import { isWeakLine, type Arrived } from './line-quality.ts';

export interface PeerSetting {
  readonly iceServers: EnteredStudio['iceServers'];
  readonly onState: (state: PeerState) => void;
  /** What comes from the other side, as it comes. */
  readonly onTrack: (track: MediaStreamTrack) => void;
}

/** As long as addresses are looked for; what is there then must do. */
const gatherMs = 2_000;
const lookEveryMs = 2_000;

/** A guest's: sends one picture and one sound, and gets one of each back. */
export function openOfferingPeer(sent: MediaStream, setting: PeerSetting): OfferingPeer {
  const peer = open(setting);
  for (const track of [...sent.getAudioTracks(), ...sent.getVideoTracks()]) {
    const line = peer.addTransceiver(track, { direction: 'sendrecv', streams: [sent] });
    if (track.kind === 'video') preferPlainCodecs(line);
  }
  return {
    async offer() {
      await peer.setLocalDescription();
      return gathered(peer);
    },
    async accept(answer) {
      await peer.setRemoteDescription({ type: 'answer', sdp: answer });
      await limitPicture(peer, { maxBitrate: 1_500_000 });
    },
    close: () => peer.close(),
  };
}

interface AnsweringSetting extends PeerSetting {
  readonly onWeak: (isWeak: boolean) => void;
}

/** The host's, to one guest: `back` is what the guest gets. */
export function openAnsweringPeer(back: MediaStream, setting: AnsweringSetting): AnsweringPeer {
  const peer = open(setting);
  let before: Arrived | null = null;
  const look = async () => {
    const now = peer.connectionState === 'connected' ? await arrivedOver(peer) : null;
    setting.onWeak(before !== null && now !== null && isWeakLine(before, now));
    before = now;
  };
  const looking = setInterval(() => void look(), lookEveryMs);
  return {
    async answer(offer) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      for (const line of peer.getTransceivers()) {
        const track = back.getTracks().find(({ kind }) => kind === line.receiver.track.kind) ?? null;
        await line.sender.replaceTrack(track);
        line.sender.setStreams(back);
        line.direction = 'sendrecv';
      }
      await peer.setLocalDescription();
      // Half as wide: to see oneself and what viewers see, four times from one laptop.
      await limitPicture(peer, { maxBitrate: 400_000, scaleResolutionDownBy: 2 });
      return gathered(peer);
    },
    close() {
      clearInterval(looking);
      peer.close();
    },
  };
}

async function arrivedOver(peer: RTCPeerConnection): Promise<Arrived | null> {
  for (const stats of (await peer.getStats()).values() as Iterable<RTCInboundRtpStreamStats>)
    if (stats.type === 'inbound-rtp' && stats.kind === 'video')
      return {
        packets: stats.packetsReceived ?? 0,
        lost: stats.packetsLost ?? 0,
        pictures: stats.framesDecoded ?? 0,
        at: stats.timestamp,
      };
  return null;
}

function open({ iceServers, onState, onTrack }: PeerSetting): RTCPeerConnection {
  // One address for picture and sound: half as many to look for, and to write down.
  const peer = new RTCPeerConnection({ iceServers: iceServers.map(plainServer), bundlePolicy: 'max-bundle' });
  peer.addEventListener('track', ({ track }) => onTrack(track));
  peer.addEventListener('connectionstatechange', () => onState(stateOf(peer.connectionState)));
  return peer;
}

// A name or a password that is there but undefined is taken for a text by browsers.
const plainServer = ({ urls, username, credential }: EnteredStudio['iceServers'][number]): RTCIceServer => ({
  urls,
  ...(username === undefined ? {} : { username }),
  ...(credential === undefined ? {} : { credential }),
});

function stateOf(state: RTCPeerConnectionState): PeerState {
  if (state === 'connected') return 'connected';
  if (state === 'disconnected') return 'disturbed';
  return state === 'failed' || state === 'closed' ? 'broken' : 'new';
}

function gathered(peer: RTCPeerConnection): Promise<string> {
  return new Promise((resolve) => {
    const done = () => resolve(peer.localDescription?.sdp ?? '');
    if (peer.iceGatheringState === 'complete') return done();
    setTimeout(done, gatherMs);
    peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && done());
  });
}

/** The dearer ones cost a laptop that decodes four of them, and a description with all of them is too long to send. */
function preferPlainCodecs(line: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const plain = codecs.filter(({ mimeType }) => /\/(VP8|H264|rtx)$/i.test(mimeType));
  if (plain.length > 0) line.setCodecPreferences(plain);
}

async function limitPicture(peer: RTCPeerConnection, limits: RTCRtpEncodingParameters): Promise<void> {
  for (const sender of peer.getSenders()) {
    if (sender.track?.kind !== 'video') continue;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) Object.assign(encoding, limits);
    await sender.setParameters({ ...parameters, degradationPreference: 'maintain-framerate' });
  }
}
