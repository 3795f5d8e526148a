import type { StageViewItem } from '../../../server/contracts/live-room-settings.ts';
import { ActButton } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';

/** Puts one question or one poll's result on the video mixer's page, or takes it off. */
export function StageViewButton({
  store,
  item,
  about,
}: {
  store: ShowStore;
  item: StageViewItem;
  about: string;
}) {
  const { stageView } = store.snapshot.value.room;
  const isShown = stageView?.kind === item.kind && stageView.id === item.id;
  return (
    <ActButton
      store={store}
      about={about}
      isPressed={isShown}
      onPress={() =>
        store.act(
          'stage-view:show',
          { item: isShown ? null : item },
          isShown ? 'Taken off the stage view.' : 'Put on the stage view.',
        )
      }
    >
      On stage view
    </ActButton>
  );
}
