import { isIP } from 'node:net';

export type ReadOffer =
  | {
      readonly ok: true;
      /** The offer with only what is taken, for the WebRTC stack. */
      readonly sdp: string;
      readonly hasVideo: boolean;
      readonly hasAudio: boolean;
    }
  | { readonly ok: false; readonly status: 400 | 406; readonly message: string };

const refuse = (status: 400 | 406, message: string) => ({ ok: false, status, message }) as const;
const junk = refuse(
  400,
  'This is not an SDP offer that can be read: send the one your WebRTC library made, whole.',
);

/** Lines of a media section that are passed on as they are. */
const kept =
  /^(c=|a=(mid|ice-ufrag|ice-pwd|ice-options|fingerprint|setup|rtcp-mux|rtcp-rsize|ssrc|sendonly|sendrecv|end-of-candidates)(:|$))/;
/** Routes packets to their section before their sender is known; every other extension only costs. */
const midExtension = /^a=extmap:\d+ urn:ietf:params:rtp-hdrext:sdes:mid\s*$/;
const mediaLine = /^m=(audio|video|application) \d+ (UDP\/TLS\/RTP\/SAVPF|UDP\/DTLS\/SCTP) [\w -]+$/;
const mostSections = 6;
const mostCandidates = 30;

/**
 * Reads a WHIP offer: at most one picture of H.264 (packetization mode 1) and one sound of Opus. What Chromium would
 * use to measure the line (transport-cc, abs-send-time) is left out: without answers to it, it falls to 2 pictures a second.
 */
export function readOffer(text: string): ReadOffer {
  const lines = text.split(/\r\n|\n/).filter((line) => line !== '');
  if (lines[0] !== 'v=0' || lines.some((line) => !/^[a-z]=[\x20-\x7e]*$/.test(line))) return junk;
  const [session = [], ...sections] = splitAtMedia(lines);
  const isMedia = (section: readonly string[]) => mediaLine.test(section[0] ?? '');
  if (
    sections.length === 0 ||
    sections.length > mostSections ||
    !sections.every(isMedia) ||
    !session.some((line) => line.startsWith('o='))
  )
    return junk;
  const isSecure = (name: string) =>
    sections.every((section) => [...session, ...section].some((line) => line.startsWith(`a=${name}:`)));
  if (!['ice-ufrag', 'ice-pwd', 'fingerprint'].every(isSecure)) return junk;

  const ofKind = (kind: string) => sections.filter((section) => section[0]?.startsWith(`m=${kind} `));
  const [video, audio] = [ofKind('video'), ofKind('audio')];
  if (video.length > 1 || audio.length > 1)
    return refuse(406, 'Only one picture and one sound are taken. Send a single track of each.');
  if (video.length + audio.length < sections.length)
    return refuse(406, 'Only picture and sound are taken, no data channel.');
  if (sections.some((section) => section.includes('a=recvonly') || section.includes('a=inactive')))
    return refuse(406, 'This address takes pictures in; it sends none.');
  const formats = { video: h264Format(video[0] ?? []), audio: opusFormat(audio[0] ?? []) };
  if (video[0] && formats.video === null)
    return refuse(406, 'The picture must be H.264 (constrained baseline, packetization mode 1).');
  if (audio[0] && formats.audio === null) return refuse(406, 'The sound must be Opus.');

  const reduced = sections.map((section) =>
    reduce(section, (section[0]?.startsWith('m=video') ? formats.video : formats.audio) ?? ''),
  );
  const sdp = [...session.filter((line) => !/^a=(extmap|candidate)/.test(line)), ...reduced.flat(), ''];
  return { ok: true, sdp: sdp.join('\r\n'), hasVideo: video.length > 0, hasAudio: audio.length > 0 };
}

function splitAtMedia(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('m=')) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

function formatsOf(section: readonly string[], codec: RegExp): string[] {
  return section.flatMap((line) => {
    const [, format, name = ''] = /^a=rtpmap:(\d{1,3}) (\S+)/.exec(line) ?? [];
    return format && codec.test(name) ? [format] : [];
  });
}

/** Constrained baseline first: every encoder of a browser and every decoder knows it. */
function h264Format(section: readonly string[]): string | null {
  const parameters = (format: string) =>
    section.find((line) => line.startsWith(`a=fmtp:${format} `))?.toLowerCase() ?? '';
  const usable = formatsOf(section, /^h264\/90000$/i).filter((format) =>
    /packetization-mode=1\b/.test(parameters(format)),
  );
  const ofProfile = (profile: RegExp) => usable.find((format) => profile.test(parameters(format)));
  return ofProfile(/profile-level-id=42e0/) ?? ofProfile(/profile-level-id=42/) ?? null;
}

const opusFormat = (section: readonly string[]): string | null =>
  formatsOf(section, /^opus\/48000\/2$/i)[0] ?? null;

function reduce(section: readonly string[], format: string): string[] {
  const [media = '', ...lines] = section;
  const [kind, port, protocol] = media.split(' ');
  const ofFormat = new RegExp(
    `^a=(rtpmap|fmtp):${format} |^a=rtcp-fb:(${format}|\\*) (nack( pli)?|ccm fir|goog-remb)$`,
  );
  const candidates = lines.filter(isCandidateWithAddress).slice(0, mostCandidates);
  return [
    `${kind} ${port} ${protocol} ${format}`,
    ...lines.filter((line) => kept.test(line) || ofFormat.test(line) || midExtension.test(line)),
    ...candidates,
  ];
}

/** A candidate with a name would have us ask a name server for whatever the sender likes. */
export function isCandidateWithAddress(line: string): boolean {
  const [, address] = /^a=candidate:\S+ \d+ udp \d+ (\S+) \d+ typ /i.exec(line) ?? [];
  return address !== undefined && isIP(address) !== 0;
}
