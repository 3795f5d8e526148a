/** ms since 1970 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A session whose replay shows a stretch of a recording, or is about to. */
export interface RecordingUse extends Span {
  readonly sessionId: string;
  /** null: the replay was not made yet. */
  readonly replayId: string | null;
  /** null: whichever stage of the event it turns out to be. */
  readonly streamId: string | null;
  readonly fileId: string | null;
  /** Why the recording cannot go, whoever asks. */
  readonly hold: 'published' | 'goes-on' | null;
}

interface StoredReplay {
  readonly _id: string;
  readonly sessionId: string;
  readonly streamId?: string | null;
  readonly from: Date;
  readonly to?: Date | null;
  readonly status: 'recording' | 'ready' | 'none';
  readonly erasedAt?: Date | null;
  readonly publishedAt?: Date | null;
  readonly visibility: 'registered' | 'everyone' | 'hidden';
  readonly upload?: object | null;
  readonly fileId?: string | null;
}

interface StoredSession {
  readonly _id: string;
  readonly state: 'scheduled' | 'live' | 'paused' | 'ended' | 'cancelled';
  readonly wentLiveAt?: Date | null;
  readonly endedAt?: Date | null;
}

/** A segment lies over the edge of what is used, and one that is long is lost as a whole. */
const marginMs = 10_000;

/** Every stretch that a replay of an event shows, or will. */
export function usesOf(replays: readonly StoredReplay[], sessions: readonly StoredSession[]): RecordingUse[] {
  const known = new Set(replays.map(({ sessionId }) => sessionId));
  const coming = sessions.filter(({ _id, state }) => !known.has(_id) && hasBegun.has(state));
  return [
    ...replays.flatMap((replay) => {
      if (!replay.streamId || (replay.erasedAt && replay.status === 'none')) return [];
      return [
        {
          sessionId: replay.sessionId,
          replayId: replay._id,
          streamId: replay.streamId,
          fileId: replay.fileId ?? null,
          from: replay.from.getTime(),
          to: replay.to?.getTime() ?? Infinity,
          hold: holdOf(replay),
        },
      ];
    }),
    ...coming.flatMap(({ _id, wentLiveAt, endedAt, state }) =>
      wentLiveAt
        ? [
            {
              ...{ sessionId: _id, replayId: null, streamId: null, fileId: null },
              from: wentLiveAt.getTime(),
              to: (state === 'ended' ? endedAt?.getTime() : undefined) ?? Infinity,
              hold: 'goes-on' as const,
            },
          ]
        : [],
    ),
  ];
}

const hasBegun: ReadonlySet<string> = new Set(['live', 'paused', 'ended']);

function holdOf({ status, to, publishedAt, visibility, upload }: StoredReplay): RecordingUse['hold'] {
  if (status === 'recording' || !to) return 'goes-on';
  return publishedAt && visibility !== 'hidden' && !upload ? 'published' : null;
}

const isOfStream = ({ streamId }: Pick<RecordingUse, 'streamId'>, of: string): boolean =>
  streamId === null || streamId === of;

const overlap = (one: Span, other: Span): boolean => one.from < other.to && one.to > other.from;

/** Which of a stream's uses show something of a stretch. */
export const usesWithin = (uses: readonly RecordingUse[], streamId: string, span: Span): RecordingUse[] =>
  uses.filter((use) => isOfStream(use, streamId) && overlap(use, span));

/** Those that keep theirs; one that ends where a stretch begins has its margin in it. */
export const usesBeside = (
  uses: readonly RecordingUse[],
  streamId: string,
  hanging: readonly RecordingUse[],
): RecordingUse[] => uses.filter((use) => isOfStream(use, streamId) && !hanging.includes(use));

/** What may go of a stretch when these keep theirs whole. */
export function withoutUses(span: Span, kept: readonly Span[]): Span[] {
  let left: Span[] = [span];
  for (const { from, to } of kept)
    left = left.flatMap((one) =>
      [
        { from: one.from, to: Math.min(one.to, from - marginMs) },
        { from: Math.max(one.from, to + marginMs), to: one.to },
      ].filter((rest) => rest.to > rest.from),
    );
  return left;
}

export interface RecordedPart extends Span {
  readonly uses: readonly RecordingUse[];
  /** What would be erased of it. */
  readonly spans: readonly Span[];
}

/** A run cut where a replay begins or ends. */
export function partsOfRun(
  run: Span & { readonly streamId: string },
  uses: readonly RecordingUse[],
): RecordedPart[] {
  const own = usesWithin(uses, run.streamId, run);
  const edges = [run.from, run.to, ...own.flatMap(({ from, to }) => [from, to])]
    .filter((edge) => edge >= run.from && edge <= run.to)
    .sort((a, b) => a - b);
  return edges.flatMap((from, index) => {
    const to = edges[index + 1];
    if (to === undefined || to <= from) return [];
    const within = usesWithin(own, run.streamId, { from, to });
    const spans = withoutUses({ from, to }, usesBeside(uses, run.streamId, within));
    return spans.length > 0 ? [{ from, to, uses: within, spans }] : [];
  });
}

/** Of the replays that go with a stretch all of it goes, over however many runs they are. */
export const reachOf = (span: Span, hanging: readonly Span[]): Span => ({
  from: Math.min(span.from, ...hanging.map(({ from }) => from)),
  to: Math.max(span.to, ...hanging.map(({ to }) => to)),
});
