import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { StageShows } from '../../../server/contracts/stage-picture.ts';
import type { StreamHealth } from '../../../server/contracts/stream-health.ts';
import { Notice } from '../../components/notice.tsx';
import { healthInWords, showsInWords, stateInWords } from '../../components/stream-words.ts';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface StreamRow {
  readonly name: string;
  readonly path: string;
  /** null: the stage was never set up. */
  readonly shows: StageShows | null;
  readonly state: StreamHealth['state'];
  /** As it was measured a moment ago; null: it was not. */
  readonly health: StreamHealth | null;
  readonly hasKey: boolean;
}

/** The stages of an event, and where their pictures come from. */
export function StreamsPage({ event, stages }: { event: ConsoleEvent; stages: readonly StreamRow[] }) {
  return (
    <ConsoleLayout title="Streams" section="streams" event={event}>
      {event.state === 'cancelled' && (
        <Notice kind="soon">This event is cancelled, so nothing can be shown.</Notice>
      )}
      <table class="table stacks">
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Shows</th>
            <th scope="col">Comes in</th>
            <th scope="col">Stream key</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage.path}>
              <th scope="row">
                <a href={stage.path}>{stage.name}</a>
              </th>
              <td>{stage.shows ? showsInWords[stage.shows] : 'Not set up'}</td>
              <td>{stage.health ? healthInWords(stage.health) : stateInWords[stage.state]}</td>
              <td>{stage.hasKey ? 'Made' : 'None yet'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ConsoleLayout>
  );
}
