import type { SessionForm } from '../../server/contracts/session-form.ts';
import { createSession } from '../../server/sessions/create-session.ts';
import type { Product } from '../support/product.ts';
import type { TestEvent } from './registering.ts';

/** A session of an event of `openEvent`, on every stage unless told otherwise. */
export async function addSession(
  product: Product,
  event: TestEvent,
  fields: Partial<SessionForm> & Pick<SessionForm, 'title' | 'startTime' | 'endTime'>,
): Promise<string> {
  const form: SessionForm = {
    kind: 'talk',
    summary: '',
    stage: '',
    date: '2026-12-24',
    speakers: [],
    moderators: [],
    automatic: false,
    ...fields,
  };
  const { id: eventId, organiserId } = event;
  const made = await createSession(
    { kind: 'system', name: 'test' },
    { organiserId, eventId, form },
    product.deps,
  );
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  return made.sessionId;
}
