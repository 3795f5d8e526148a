import { notFound } from '../contracts/problem.ts';
import type { StageViewShown } from '../contracts/stage-view.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { getLiveRoomSettings } from '../live-rooms/live-room.queries.ts';
import { listPollsOfRoom } from '../polls/poll.queries.ts';
import { listQuestionsOfRoom } from '../questions/question.queries.ts';
import { StageViewModel } from './stage-view.model.ts';
import { readStageViewToken, shownOnStage, stageViewToken } from './stage-view.rules.ts';

const versionOf = async (eventId: string): Promise<number> =>
  (await StageViewModel.findOne({ _id: eventId }).lean())?.version ?? 1;

/** The path for the video mixer, as it is now. Only who moderates may be shown it. */
export async function getStageViewPath(eventId: string, { secrets }: Pick<Deps, 'secrets'>): Promise<string> {
  return `/stage-view/${stageViewToken(eventId, await versionOf(eventId), secrets)}`;
}

/** What the address shows now; not found for one that was forged or made anew since. */
export async function getStageView(
  token: string,
  { secrets }: Pick<Deps, 'secrets'>,
): Promise<{ readonly title: string; readonly shown: StageViewShown }> {
  const read = readStageViewToken(token, secrets);
  if (!read || read.version !== (await versionOf(read.eventId))) throw notFound('that page');
  const { eventId } = read;
  const [event, { room }] = await Promise.all([getEvent(eventId), getLiveRoomSettings(eventId)]);
  const item = event.status === 'cancelled' ? null : room.stageView;
  const [questions, polls] = await Promise.all([
    item?.kind === 'question' ? listQuestionsOfRoom(eventId, 'viewers') : [],
    // As moderators see them: the result is on the screen because one of them put it there.
    item?.kind === 'poll' ? listPollsOfRoom(eventId, 'moderators') : [],
  ]);
  return { title: event.title, shown: shownOnStage(item, { questions, polls }) };
}
