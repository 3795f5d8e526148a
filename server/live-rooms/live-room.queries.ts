import { stageViewItem, type RoomSettings } from '../contracts/live-room-settings.ts';
import { LiveRoomModel } from './live-room.model.ts';

/** What stands until somebody changes it. */
export const usualSettings: RoomSettings = {
  isChatOpen: true,
  slowModeSeconds: 0,
  areQuestionsOpen: true,
  areQuestionsModerated: true,
  allowsAnonymousQuestions: true,
  areReactionsOn: true,
  allowsHandRaise: false,
  stageView: null,
  revision: 0,
};

/** The settings, and the words that may not be written; only moderators may be shown the words. */
export async function getLiveRoomSettings(
  eventId: string,
): Promise<{ readonly room: RoomSettings; readonly words: readonly string[] }> {
  const stored = await LiveRoomModel.findOne({ _id: eventId }).lean();
  if (!stored) return { room: usualSettings, words: [] };
  const { words, stageView, ...rest } = stored;
  const { _id, organiserId, ...settings } = rest;
  void _id;
  void organiserId;
  return { room: { ...settings, stageView: stageView ? stageViewItem.parse(stageView) : null }, words };
}
