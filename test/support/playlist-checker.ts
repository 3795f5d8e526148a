/** One complaint for each rule of draft-pantos-hls-rfc8216bis that a playlist breaks; empty when all is well. */
export interface CheckedSegment {
  readonly msn: number;
  readonly uri: string;
  readonly duration: number;
  readonly at: number;
  readonly map: string | null;
  readonly discontinuity: boolean;
  readonly isGap: boolean;
  readonly parts: readonly CheckedPart[];
}
export interface CheckedPart {
  readonly uri: string;
  readonly duration: number;
  readonly isIndependent: boolean;
}
export interface CheckedPlaylist {
  readonly complaints: readonly string[];
  readonly targetDuration: number;
  readonly partTarget: number | null;
  readonly firstMsn: number;
  readonly discontinuitySequence: number;
  readonly skipped: number;
  readonly segments: readonly CheckedSegment[];
  readonly openParts: readonly CheckedPart[];
  readonly hint: string | null;
  readonly hasEnded: boolean;
}

function attributes(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, key = '', value = '']) => [
      key,
      value.replace(/^"|"$/g, ''),
    ]),
  );
}

/** Reads a media playlist and holds it against the rules. */
export function checkPlaylist(text: string): CheckedPlaylist {
  const complaints: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || complaints.push(what));
  const lines = text.split('\n');
  must(lines[0] === '#EXTM3U', 'begins with #EXTM3U');
  must(text.endsWith('\n'), 'ends with a line break');
  const once = (tag: string): string | null => {
    const found = lines.filter((line) => line.startsWith(`${tag}:`));
    must(found.length <= 1, `${tag} stands once`);
    return found[0]?.slice(tag.length + 1) ?? null;
  };
  const targetDuration = Number(once('#EXT-X-TARGETDURATION'));
  const version = Number(once('#EXT-X-VERSION'));
  const control = attributes(once('#EXT-X-SERVER-CONTROL') ?? '');
  const partInf = once('#EXT-X-PART-INF');
  const partTarget = partInf === null ? null : Number(attributes(partInf).get('PART-TARGET'));
  const firstMsn = Number(once('#EXT-X-MEDIA-SEQUENCE') ?? 0);
  const discontinuitySequence = Number(once('#EXT-X-DISCONTINUITY-SEQUENCE') ?? 0);
  const skipped = Number(attributes(once('#EXT-X-SKIP') ?? '').get('SKIPPED-SEGMENTS') ?? 0);
  const hasEnded = lines.includes('#EXT-X-ENDLIST');
  const isIndependent = lines.includes('#EXT-X-INDEPENDENT-SEGMENTS');
  must(Number.isInteger(targetDuration) && targetDuration >= 1, 'target duration is whole');
  must(skipped === 0 || version >= 9, 'a delta update is version 9');
  if (partTarget !== null) {
    must(Number(control.get('PART-HOLD-BACK')) >= 3 * partTarget, 'PART-HOLD-BACK is 3 parts or more');
    must(Number(control.get('HOLD-BACK')) >= 3 * targetDuration, 'HOLD-BACK is 3 segments or more');
    must(Number(control.get('CAN-SKIP-UNTIL')) >= 6 * targetDuration, 'CAN-SKIP-UNTIL is 6 segments or more');
    must(control.get('CAN-BLOCK-RELOAD') === 'YES', 'CAN-BLOCK-RELOAD');
  }

  const segments: CheckedSegment[] = [];
  let parts: CheckedPart[] = [];
  let map: string | null = null;
  let at: number | null = null;
  let duration: number | null = null;
  let discontinuity = false;
  let isGap = false;
  let hint: string | null = null;
  for (const line of lines) {
    const [tag = '', ...rest] = line.split(':');
    const value = rest.join(':');
    if (tag === '#EXT-X-DISCONTINUITY') discontinuity = true;
    else if (tag === '#EXT-X-GAP') isGap = true;
    else if (tag === '#EXT-X-MAP') map = attributes(value).get('URI') ?? null;
    else if (tag === '#EXT-X-PROGRAM-DATE-TIME') at = Date.parse(value);
    else if (tag === '#EXTINF') duration = Number.parseFloat(value);
    else if (tag === '#EXT-X-PART') {
      const given = attributes(value);
      const part = {
        uri: given.get('URI') ?? '',
        duration: Number(given.get('DURATION')),
        isIndependent: given.get('INDEPENDENT') === 'YES',
      };
      must(
        partTarget !== null && part.duration <= partTarget + 1e-6,
        `${part.uri} is within the part target`,
      );
      must(part.duration > 0, `${part.uri} lasts`);
      parts.push(part);
    } else if (tag === '#EXT-X-PRELOAD-HINT') hint = attributes(value).get('URI') ?? null;
    else if (line !== '' && !line.startsWith('#')) {
      const msn = firstMsn + skipped + segments.length;
      must(duration !== null && duration > 0, `${line} has a duration`);
      must(Math.round(duration ?? 0) <= targetDuration, `${line} is within the target duration: ${duration}`);
      must(at !== null, `${line} has a date`);
      must(map !== null || skipped > 0 || isGap, `${line} has a map`);
      if (parts.length > 0) {
        const sum = parts.reduce((total, part) => total + part.duration, 0);
        must(Math.abs(sum - (duration ?? 0)) < 0.001, `${line}: its parts last ${sum}, it lasts ${duration}`);
        must(!isIndependent || parts[0]?.isIndependent === true, `${line} begins with a key frame`);
      }
      const before = segments.at(-1);
      if (before && at !== null && !discontinuity)
        must(
          Math.abs(at - before.at - before.duration * 1_000) < 3,
          `${line} follows in time: ${at - before.at} ms after one of ${before.duration} s`,
        );
      if (before && at !== null) must(at >= before.at, `${line} is later than the one before`);
      segments.push({
        ...{ msn, uri: line, duration: duration ?? 0, at: at ?? 0 },
        ...{ map, discontinuity, isGap, parts },
      });
      parts = [];
      duration = at = null;
      discontinuity = isGap = false;
    }
  }
  must(parts.length === 0 || at !== null, 'open parts have a date');
  const uris = [...segments, ...segments.flatMap((each) => each.parts), ...parts].map(({ uri }) => uri);
  must(new Set(uris).size === uris.length, 'no address stands twice');
  if (hasEnded) must(hint === null && parts.length === 0, 'what has ended hints at nothing');
  if (hint !== null) must(!uris.includes(hint), 'what is hinted at is not there yet');
  if (hint !== null && parts.length > 0)
    must(hint === parts.at(-1)?.uri.replace(/p\d+/, `p${parts.length}`), 'the hint is of the next part');
  return {
    ...{ complaints, targetDuration, partTarget, firstMsn, discontinuitySequence, skipped },
    ...{ segments, openParts: parts, hint, hasEnded },
  };
}

/** What a later state of the same playlist may not do to an earlier one (6.2.1). */
export function checkUpdate(before: CheckedPlaylist, after: CheckedPlaylist): readonly string[] {
  const complaints: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || complaints.push(what));
  must(after.targetDuration === before.targetDuration, 'the target duration stays');
  must(after.partTarget === before.partTarget, 'the part target stays');
  must(after.firstMsn >= before.firstMsn, 'the media sequence never goes back');
  must(after.discontinuitySequence >= before.discontinuitySequence, 'discontinuities never go back');
  const known = new Map(before.segments.map((segment) => [segment.msn, segment]));
  for (const segment of after.segments) {
    const old = known.get(segment.msn);
    if (!old) continue;
    must(
      old.uri === segment.uri && old.duration === segment.duration && old.at === segment.at,
      `${segment.uri} stays as it was`,
    );
    must(old.discontinuity === segment.discontinuity, `${segment.uri} keeps its discontinuity`);
  }
  const grown = after.segments.find(({ msn }) => msn === (before.segments.at(-1)?.msn ?? -2) + 1);
  const later = grown && grown.parts.length > 0 ? grown.parts : after.openParts;
  if (grown || after.segments.at(-1)?.msn === before.segments.at(-1)?.msn)
    before.openParts.forEach(({ uri, duration }, index) => {
      if (later.length > 0)
        must(later[index]?.uri === uri && later[index].duration === duration, `${uri} stays as it was`);
    });
  return complaints;
}
