import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { listChatBefore } from './chat.queries.ts';
import { clearChat } from './clear-chat.ts';
import { deleteMessage } from './delete-message.ts';
import { dismissReport } from './dismiss-report.ts';
import { pinMessage } from './pin-message.ts';
import { reactToMessage } from './react-to-message.ts';
import { reportMessage } from './report-message.ts';
import { writeMessage } from './write-message.ts';

/** What is said in a live room, and what moderators do with it. */
export function chatMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('chat:post', deps, async (message, room) => ({
      message: await writeMessage(room, message, deps),
    })),
    inRoom('chat:react', deps, async (message, room) => {
      await reactToMessage(room, message, deps);
      return {};
    }),
    inRoom('chat:report', deps, async (message, room) => {
      await reportMessage(room, message, deps);
      return {};
    }),
    inRoom('chat:delete', deps, async ({ messageId }, room) => {
      await deleteMessage(room, messageId, deps);
      return {};
    }),
    inRoom('chat:history', deps, async (message, { event, right }) => {
      if (message.channel === 'backstage' && !roleMay(right.role, 'backstage:read'))
        throw notFound('that chat');
      return listChatBefore(event._id, message);
    }),
    inRoom('chat:pin', deps, async (message, room) => {
      await pinMessage(room, message, deps);
      return {};
    }),
    inRoom('chat:dismiss-report', deps, async ({ messageId }, room) => {
      await dismissReport(room, messageId, deps);
      return {};
    }),
    inRoom('chat:clear', deps, async ({ stageId }, room) => {
      await clearChat(room, stageId, deps);
      return {};
    }),
  ];
}
