export type SpeakerRole = 'speaks' | 'leads' | 'speaks-and-leads';
export type WithdrawalReason = 'event-cancelled' | 'session-cancelled' | 'not-on-session' | 'address-changed';

/** What an invite says. */
export interface InviteContent {
  readonly speakerName: string;
  readonly eventTitle: string;
  readonly eventLang: string;
  readonly eventSlug: string;
  readonly zone: string;
  readonly sessionTitle: string;
  readonly role: SpeakerRole;
  readonly stage?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly others: readonly string[];
}

export interface StandingInvite {
  readonly _id: string;
  readonly sessionId: string;
  readonly speakerId: string;
  readonly email: string;
  readonly sequence: number;
  readonly content: InviteContent;
}

interface Person {
  readonly _id: string;
  readonly name: string;
  readonly email: string;
}

interface PlannedSession {
  readonly _id: string;
  readonly title: string;
  readonly stageId?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: string;
  readonly speakerIds: readonly string[];
  readonly moderatorIds: readonly string[];
}

export interface SpeakersMatter<I extends StandingInvite = StandingInvite> {
  readonly event: {
    readonly title: string;
    readonly lang: string;
    readonly slug: string;
    readonly zone: string;
    readonly status: string;
    readonly endsAt: Date;
    readonly stages: readonly { readonly id: string; readonly name: string }[];
  };
  readonly sessions: readonly PlannedSession[];
  readonly people: readonly Person[];
  readonly invites: readonly I[];
}

export type InviteStep<I extends StandingInvite = StandingInvite> =
  | {
      readonly kind: 'invite';
      readonly place: Pick<I, 'sessionId' | 'speakerId' | 'email'>;
      readonly content: InviteContent;
    }
  | { readonly kind: 'update'; readonly invite: I; readonly content: InviteContent }
  | { readonly kind: 'withdraw'; readonly invite: I; readonly because: WithdrawalReason };

/** One standing invite for each of these. */
export const slotOf = ({
  sessionId,
  speakerId,
  email,
}: Pick<StandingInvite, 'sessionId' | 'speakerId' | 'email'>) => `${sessionId} ${speakerId} ${email}`;

/** What must be sent so that calendars say what the agenda says. Nothing is sent about what is over. */
export function planSpeakerInvites<I extends StandingInvite>(
  matter: SpeakersMatter<I>,
  now: Date,
): InviteStep<I>[] {
  const { event, invites } = matter;
  if (event.endsAt <= now) return [];
  const wanted = event.status === 'published' ? wantedInvites(matter, now) : new Map<string, never>();
  const steps: InviteStep<I>[] = [];
  for (const invite of invites) {
    const slot = slotOf(invite);
    const entry = wanted.get(slot);
    wanted.delete(slot);
    if (entry) {
      if (!entry.isOver && isTold(entry.content, invite.content))
        steps.push({ kind: 'update', invite, content: entry.content });
    } else if (invite.content.endsAt > now)
      steps.push({ kind: 'withdraw', invite, because: reasonFor(invite, matter) });
  }
  for (const { place, content, isOver } of wanted.values())
    if (!isOver) steps.push({ kind: 'invite', place, content });
  return steps;
}

function wantedInvites({ event, sessions, people }: SpeakersMatter, now: Date) {
  const byId = new Map(people.map((person) => [person._id, person]));
  const wanted = new Map<
    string,
    {
      place: Pick<StandingInvite, 'sessionId' | 'speakerId' | 'email'>;
      content: InviteContent;
      isOver: boolean;
    }
  >();
  for (const session of sessions) {
    if (session.state === 'cancelled') continue;
    const part = everybodyIn(session).flatMap((id) => byId.get(id) ?? []);
    for (const person of part) {
      if (person.email === '') continue;
      const place = { sessionId: session._id, speakerId: person._id, email: person.email };
      const others = part.filter(({ _id }) => _id !== person._id).map(({ name }) => name);
      const content = contentOf(event, session, person, others);
      const isOver = session.state === 'ended' || session.endsAt <= now;
      wanted.set(slotOf(place), { place, content, isOver });
    }
  }
  return wanted;
}

const everybodyIn = ({ speakerIds, moderatorIds }: PlannedSession) => [
  ...new Set([...speakerIds, ...moderatorIds]),
];

function contentOf(
  event: SpeakersMatter['event'],
  session: PlannedSession,
  person: Person,
  others: readonly string[],
): InviteContent {
  const isSpeaker = session.speakerIds.includes(person._id);
  const isLeader = session.moderatorIds.includes(person._id);
  const stage = event.stages.find(({ id }) => id === session.stageId);
  return {
    speakerName: person.name,
    eventTitle: event.title,
    eventLang: event.lang,
    eventSlug: event.slug,
    zone: event.zone,
    sessionTitle: session.title,
    role: isSpeaker && isLeader ? 'speaks-and-leads' : isLeader ? 'leads' : 'speaks',
    stage: event.stages.length > 1 ? (stage?.name ?? null) : null,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    others,
  };
}

/** Whether a change is worth a mail: who else takes part, and how a name is spelt, is said with the next one. */
const isTold = (after: InviteContent, before: InviteContent): boolean => digestOf(after) !== digestOf(before);

const digestOf = (content: InviteContent): string =>
  JSON.stringify([
    [content.eventTitle, content.eventSlug, content.sessionTitle],
    [content.role, content.stage ?? null],
    [content.startsAt, content.endsAt, content.zone],
  ]);

function reasonFor(invite: StandingInvite, { event, sessions, people }: SpeakersMatter): WithdrawalReason {
  if (event.status !== 'published') return 'event-cancelled';
  const session = sessions.find(({ _id }) => _id === invite.sessionId);
  if (!session || session.state === 'cancelled') return 'session-cancelled';
  const person = people.find(({ _id }) => _id === invite.speakerId);
  return person && everybodyIn(session).includes(person._id) ? 'address-changed' : 'not-on-session';
}
