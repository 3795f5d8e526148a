import slugify from '@sindresorhus/slugify';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { SpeakerForm } from '../contracts/speaker-form.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { SpeakerModel } from './speaker.model.ts';
import { speakerProfile } from './speaker.rules.ts';

/** Adds a speaker to an organiser's list. Two people of one name get addresses of their own. */
export async function createSpeaker(
  actor: Actor,
  input: { readonly organiserId: string; readonly form: SpeakerForm },
  deps: Deps,
): Promise<{ ok: true; speakerId: string }> {
  const { organiserId, form } = input;
  requirePermission(actor, 'speaker:edit', organiserId);
  const base = slugify(form.name).slice(0, 80).replace(/-+$/, '') || 'speaker';
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    try {
      return { ok: true, speakerId: await store(actor, organiserId, slug, form, deps) };
    } catch (error) {
      // Inside a transaction of somebody else's the write has ended it, so trying again is theirs to do.
      if (!isDuplicateKey(error, 'slug') || number === 200) throw error;
    }
  }
}

async function store(
  actor: Actor,
  organiserId: string,
  slug: string,
  form: SpeakerForm,
  deps: Deps,
): Promise<string> {
  const speakerId = newId();
  const createdAt = deps.clock.now();
  await deps.transaction(async () => {
    await SpeakerModel.create([{ _id: speakerId, organiserId, slug, ...speakerProfile(form), createdAt }]);
    await recordAuditEntry(actor, {
      at: createdAt,
      organiserId,
      action: 'speaker:created',
      subject: { noun: 'speaker', id: speakerId },
    });
  });
  return speakerId;
}
