import type { RoomSettings } from '../../../server/contracts/live-room-settings.ts';
import { ActButton } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';

type Switch = {
  readonly [K in keyof RoomSettings]: RoomSettings[K] extends boolean ? K : never;
}[keyof RoomSettings];

const switches: readonly { key: Switch; name: string; on: string; off: string }[] = [
  {
    key: 'areQuestionsOpen',
    name: 'Questions',
    on: 'Everybody may ask.',
    off: 'Nobody may ask. What was asked stays.',
  },
  {
    key: 'areQuestionsModerated',
    name: 'Read questions first',
    on: 'A question waits here until a moderator shows it.',
    off: 'A question shows at once.',
  },
  {
    key: 'allowsAnonymousQuestions',
    name: 'Questions without a name',
    on: 'People may ask without their name. Moderators do not see it either.',
    off: 'Every question carries a name.',
  },
  { key: 'areReactionsOn', name: 'Reactions', on: 'People may applaud.', off: 'Nobody can react.' },
  {
    key: 'allowsHandRaise',
    name: 'Raised hands',
    on: 'People may raise a hand; you see them under People.',
    off: 'Nobody can raise a hand.',
  },
  {
    key: 'isChatOpen',
    name: 'Chat',
    on: 'Everybody may write.',
    off: 'Everybody can read, nobody can write.',
  },
];

/** How the room is run. Each press says what it was and changes one thing; of two at once, one is told. */
export function RoomPanel({ store }: { store: ShowStore }) {
  const { room } = store.snapshot.value;
  const { stageView } = room;
  return (
    <>
      <ul class="plain show-list">
        {switches.map(({ key, name, on, off }) => (
          <li key={key} class="show-switch">
            <p>
              <b>{name}</b> <span class="show-by">{room[key] ? on : off}</span>
            </p>
            <ActButton
              store={store}
              about={`: ${name}`}
              onPress={() =>
                store.act(
                  'room:change',
                  { changes: { [key]: !room[key] }, revision: room.revision },
                  room[key] ? off : on,
                )
              }
            >
              {room[key] ? 'Switch off' : 'Switch on'}
            </ActButton>
          </li>
        ))}
        <li class="show-switch">
          <p>
            <b>Stage view</b>{' '}
            <span class="show-by">
              {stageView
                ? `A ${stageView.kind === 'poll' ? 'poll’s result' : 'question'} is on the video mixer’s page.`
                : 'The video mixer’s page is empty.'}
            </span>
          </p>
          {stageView && (
            <ActButton
              store={store}
              onPress={() => store.act('stage-view:show', { item: null }, 'Taken off the stage view.')}
            >
              Take off
            </ActButton>
          )}
        </li>
      </ul>
    </>
  );
}
