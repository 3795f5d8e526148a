import type { StageViewShown } from '../contracts/stage-view.ts';
import type { LivePoll } from '../contracts/live-polls.ts';
import type { LiveQuestion } from '../contracts/live-questions.ts';
import type { StageViewItem } from '../contracts/live-room-settings.ts';
import type { SecretBox } from '../platform/secrets/secret-box.ts';

const purpose = 'stage view';
const shownStates: readonly LiveQuestion['state'][] = ['visible', 'live', 'answered'];

/** The part of the address that opens the stage view: it says which event and which making of the address, signed. */
export function stageViewToken(eventId: string, version: number, secrets: Pick<SecretBox, 'sign'>): string {
  const body = `${eventId}.${version}`;
  return `${body}.${secrets.sign(purpose, body)}`;
}

/** What a token says; null for whatever we did not sign. Whether it is still the latest, the store says. */
export function readStageViewToken(
  token: string,
  secrets: Pick<SecretBox, 'isSignedBy'>,
): { readonly eventId: string; readonly version: number } | null {
  const [eventId, version, signature, ...rest] = token.slice(0, 300).split('.');
  if (!eventId || !version || !signature || rest.length > 0) return null;
  if (!secrets.isSignedBy(purpose, `${eventId}.${version}`, signature)) return null;
  return { eventId, version: Number(version) };
}

/**
 * What the mixer's page shows of the item that was chosen: nothing that viewers may not read, so a question that went
 * back to the queue is gone from the screen. A poll's result is shown because an organiser asked for it here.
 */
export function shownOnStage(
  item: StageViewItem | null,
  room: { readonly questions: readonly LiveQuestion[]; readonly polls: readonly LivePoll[] },
): StageViewShown {
  if (item?.kind === 'question') {
    const question = room.questions.find(({ id }) => id === item.id);
    if (!question || !shownStates.includes(question.state)) return { kind: 'nothing' };
    const { text, author, votes } = question;
    return {
      kind: 'question',
      text,
      by: author ? { name: author.name, organisation: author.organisation } : null,
      votes,
    };
  }
  const poll = item && room.polls.find(({ id }) => id === item.id);
  if (!poll || poll.state === 'draft') return { kind: 'nothing' };
  const { question, tally } = poll;
  const votesFor = (id: string) => tally?.counts.find(({ optionId }) => optionId === id)?.votes ?? 0;
  const rows =
    poll.kind === 'word'
      ? (tally?.words ?? []).slice(0, 10).map(({ word, votes }) => ({ text: word, votes }))
      : poll.options.map(({ id, text }) => ({ text, votes: votesFor(id) }));
  return { kind: 'poll', question, isOpen: poll.state === 'open', voters: tally?.voters ?? 0, rows };
}
