import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { revokeTags } from '../streams/revoke-tags.ts';
import { ReplayModel, type Replay } from './replay.model.ts';
import { getReplayOfEvent } from './replay.queries.ts';
import { isTakenBack } from './replay.rules.ts';
import { replayTag } from './replay-tag.rules.ts';

/** Which replay, and the revision that the organiser was looking at. */
export interface ReplayAt {
  readonly organiserId: string;
  readonly eventId: string;
  readonly replayId: string;
  readonly revision: number;
}

export type ChangeReplayResult<R extends string = never> =
  | { readonly ok: true; readonly replay: Replay }
  | { readonly ok: false; readonly reason: 'edited-meanwhile' | R; readonly replay: Replay };

export type ReplayDeps = Pick<Deps, 'clock' | 'secrets' | 'transaction'>;

interface Decided {
  readonly set: Partial<Replay> & { readonly spokenWords?: string[] };
  /** In the same transaction, once it is written. */
  readonly after?: () => Promise<void>;
}

interface Change<R extends string> {
  readonly action: `replay:${string}`;
  /** What is written, or why it cannot be. */
  readonly decide: (replay: Replay, at: Date) => Promise<Decided | R>;
}

/**
 * One change of one replay, if nobody changed it since, with its audit row. Whoever watches what is taken back by it is
 * cut off; those who still may watch ask for another path.
 */
export async function changeReplay<R extends string = never>(
  actor: Actor,
  at: ReplayAt,
  { action, decide }: Change<R>,
  deps: ReplayDeps,
): Promise<ChangeReplayResult<R>> {
  const { organiserId, eventId, replayId, revision } = at;
  return deps.transaction(async () => {
    await getEventOfOrganiser(organiserId, eventId);
    const replay = await getReplayOfEvent({ organiserId, eventId }, replayId);
    requirePermission(actor, 'session:edit', organiserId);
    if (replay.revision !== revision) return { ok: false, reason: 'edited-meanwhile', replay };
    const now = deps.clock.now();
    const decided = await decide(replay, now);
    if (typeof decided === 'string') return { ok: false, reason: decided, replay };
    const isLess = isTakenBack(replay, { ...replay, ...decided.set });
    const written = await ReplayModel.findOneAndUpdate(
      { _id: replayId, organiserId, eventId, revision },
      { $set: decided.set, $inc: { revision: 1, takenBack: isLess ? 1 : 0 } },
      { returnDocument: 'after' },
    ).lean();
    if (!written) return { ok: false, reason: 'edited-meanwhile', replay };
    if (isLess)
      await revokeTags([{ holderId: replayId, eventId, tag: replayTag(replay, deps.secrets) }], deps);
    await decided.after?.();
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action,
      subject: { noun: 'replay', id: replayId },
      changes: { fields: Object.keys(decided.set) },
    });
    return { ok: true, replay: written };
  });
}
