// An answer does not say to which offer (RFC 3264); one that is late would be taken for that of the offer after it.
const mark = 'a=x-answers:';

/** The session id of `o=`, new with each connection (RFC 8866, section 5.2). */
const sessionOf = (sdp: string): string => /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? '';

/** The answer, with a line that says to which offer it is. Browsers pass over lines they do not know. */
export const markAnswer = (offer: string, answer: string): string =>
  `${answer.trimEnd()}\r\n${mark}${sessionOf(offer)}\r\n`;

export const isAnswerTo = (offer: string, answer: string): boolean =>
  offer !== '' && answer.includes(`\n${mark}${sessionOf(offer)}\r\n`);

/** One picture and one sound at most. Of each that is offered a host would send one back, and encode it. */
export function isPlainOffer(sdp: string): boolean {
  const kinds = [...sdp.matchAll(/^m=(\S*)/gm)].map(([, kind]) => kind);
  return new Set(kinds).size === kinds.length && kinds.every((kind) => kind === 'audio' || kind === 'video');
}
