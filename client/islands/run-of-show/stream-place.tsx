import type { StageShows } from '../../../server/contracts/stage-picture.ts';
import { StreamHealthList } from '../../components/stream-health.tsx';
import { showsInWords } from '../../components/stream-words.ts';
import { ActButton } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';

const choices = Object.keys(showsInWords) as StageShows[];

/** What the stage shows, the one-press switch, and how its stream is, second by second. */
export function StreamPlace({ store, path }: { store: ShowStore; path: string }) {
  const stageId = store.stageId.value;
  const picture = store.snapshot.value.pictures.find((one) => one.stageId === stageId) ?? null;
  const { streams, watching } = store.health.value;
  const health = streams.find(({ streamId }) => streamId === picture?.streamId) ?? null;
  const shown: StageShows | null =
    picture && (picture.shows === 'stream' ? (picture.source ?? 'encoder') : picture.shows);
  const stagePath = `${path}/streams${stageId ? `/${encodeURIComponent(stageId)}` : ''}`;
  return (
    <section class="show-health" aria-labelledby="health-title">
      <h3 id="health-title">Stream</h3>
      {!picture && (
        <p class="muted small">
          No stream is set up for this stage yet. <a href={stagePath}>Set it up</a>
        </p>
      )}
      {picture && (
        <>
          <div class="stream-switch" role="group" aria-label="The stage shows">
            {choices
              .filter((choice) => choice !== 'external' || picture.external)
              .map((choice) => (
                <ActButton
                  key={choice}
                  store={store}
                  isPressed={choice === shown}
                  onPress={() =>
                    store.act(
                      'picture:show',
                      { stageId, shows: choice, revision: picture.revision },
                      `The stage now shows: ${showsInWords[choice]}.`,
                    )
                  }
                >
                  {showsInWords[choice]}
                </ActButton>
              ))}
          </div>
          {health || !picture.isReceiving ? (
            <StreamHealthList
              health={health}
              watching={watching.find((one) => one.stageId === stageId) ?? null}
            />
          ) : (
            <p class="muted small">A picture comes in. Its health is shown in a second.</p>
          )}
          <p class="small">
            <a href={stagePath}>Keys, slate and studio</a>
          </p>
        </>
      )}
    </section>
  );
}
