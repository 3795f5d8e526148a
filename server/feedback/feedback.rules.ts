export const openForDays = 14;

interface Times {
  readonly status: string;
  readonly endsAt: Date;
}
interface Planned {
  readonly kind: string;
  readonly state: string;
  readonly startsAt: Date;
  readonly wentLiveAt?: Date | null;
}

/** From the start of the last session, planned or real, whichever comes first; of an empty agenda, from its end. */
export function opensAt({ endsAt }: Times, sessions: readonly Planned[]): Date {
  const last = sessions
    .filter(({ kind, state }) => kind !== 'break' && state !== 'cancelled')
    .reduce<Planned | null>((late, one) => (late && late.startsAt >= one.startsAt ? late : one), null);
  if (!last) return endsAt;
  return last.wentLiveAt && last.wentLiveAt < last.startsAt ? last.wentLiveAt : last.startsAt;
}

/** Until when it can be given, and changed. */
export const closesAt = ({ endsAt }: Times): Date => new Date(endsAt.getTime() + openForDays * 86_400_000);

export type FeedbackState = 'too-early' | 'open' | 'closed';

export function feedbackStateAt(event: Times, sessions: readonly Planned[], now: Date): FeedbackState {
  if (event.status !== 'published' || now >= closesAt(event)) return 'closed';
  return now < opensAt(event, sessions) ? 'too-early' : 'open';
}

export interface Distribution {
  readonly count: number;
  /** To one decimal; null without answers. */
  readonly average: string | null;
  /** The best first. */
  readonly marks: readonly { readonly mark: number; readonly people: number; readonly percent: number }[];
}

export function distributionOf(peopleByMark: ReadonlyMap<number, number>): Distribution {
  const count = [...peopleByMark.values()].reduce((sum, people) => sum + people, 0);
  const sum = [...peopleByMark].reduce((total, [mark, people]) => total + mark * people, 0);
  return {
    count,
    average: count === 0 ? null : (sum / count).toFixed(1),
    marks: [5, 4, 3, 2, 1].map((mark) => {
      const people = peopleByMark.get(mark) ?? 0;
      return { mark, people, percent: count === 0 ? 0 : Math.round((people / count) * 100) };
    }),
  };
}
