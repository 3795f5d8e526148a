/** What a player asks of a live playlist (rfc8216bis, 6.2.5); `msn` null: what there is now. */
export interface LiveQuery {
  readonly msn: number | null;
  readonly part: number | null;
  readonly skip: boolean;
  readonly dvr: boolean;
}

const number = /^\d{1,9}$/;
/** Those who wait for the same part ask in the same words. */
const mostRead = 200;
const read = new Map<string, LiveQuery | null>();

/** null: it makes no sense. */
export function readLiveQuery(text: string): LiveQuery | null {
  const known = read.get(text);
  if (known !== undefined) return known;
  const query = parse(new URLSearchParams(text));
  if (read.size >= mostRead) read.delete(read.keys().next().value ?? '');
  if (text.length < 100) read.set(text, query);
  return query;
}

function parse(query: URLSearchParams): LiveQuery | null {
  const [msn, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
  if ([msn, part].some((text) => text !== null && !number.test(text)) || (msn === null && part !== null))
    return null;
  return {
    msn: msn === null ? null : Number(msn),
    part: part === null ? null : Number(part),
    skip: /^(YES|v2)$/.test(query.get('_HLS_skip') ?? ''),
    dvr: query.get('dvr') === '1',
  };
}
