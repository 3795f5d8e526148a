import type { PeerConnection, Track } from 'node-datachannel';

/** Gathering our own addresses needs no network; longer than this only when the machine is very busy. */
const gatherMs = 5_000;

export interface PeerOptions {
  /** Every session shares this UDP port. */
  readonly udpPort: number;
  /** Where the world reaches that port, when that is not an address of this machine. */
  readonly publicAddress: string | null;
}

/** Loads the native part at the first use: without a build for this machine only WHIP is missing. */
export async function openPeer(name: string, options: PeerOptions): Promise<PeerConnection> {
  const { PeerConnection } = await import('node-datachannel');
  return new PeerConnection(name, {
    iceServers: [],
    enableIceUdpMux: true,
    portRangeBegin: options.udpPort,
    portRangeEnd: options.udpPort,
  });
}

/** Gives the peer an offer and resolves with its answer, every address of ours in it. Throws for an offer it cannot use. */
export async function answerOffer(
  peer: PeerConnection,
  offer: string,
  options: PeerOptions,
  onTrack: (track: Track) => void,
): Promise<string> {
  const gathered = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No addresses were gathered in time')), gatherMs);
    peer.onGatheringStateChange((state) => {
      if (state !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
  gathered.catch(() => undefined);
  peer.onTrack(onTrack);
  peer.setRemoteDescription(offer, 'offer');
  await gathered;
  const answer = peer.localDescription();
  if (answer?.type !== 'answer') throw new Error('No answer was made');
  return withPublicAddress(answer.sdp, options);
}

/** Adds the address that a router or a cloud maps to this machine; priority of a host, as it is as good. */
export function withPublicAddress(sdp: string, { publicAddress, udpPort }: PeerOptions): string {
  if (!publicAddress || sdp.includes(` ${publicAddress} `)) return sdp;
  const candidate = `a=candidate:public 1 UDP 2130706431 ${publicAddress} ${udpPort} typ host\r\n`;
  const at = sdp.search(/a=(candidate|end-of-candidates)/);
  return at < 0 ? sdp + candidate : sdp.slice(0, at) + candidate + sdp.slice(at);
}
