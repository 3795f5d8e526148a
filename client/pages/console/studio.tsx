import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { BackLink } from '../../components/back-link.tsx';
import type { StudioStart } from '../../islands/studio/studio.store.ts';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';
import { StudioIsland } from './studio-island.tsx';

interface StudioPageProps {
  event: ConsoleEvent;
  stagePath: string;
  start: StudioStart;
}

/** Going on air from the organiser's browser, with nothing to install. */
export function StudioPage({ event, stagePath, start }: StudioPageProps) {
  return (
    <ConsoleLayout title={`Studio: ${start.stageName}`} section="streams" event={event}>
      <BackLink href={stagePath} text="The stage’s stream" />
      <StudioIsland start={start} />
    </ConsoleLayout>
  );
}
