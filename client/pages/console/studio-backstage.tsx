import { BackLink } from '../../components/back-link.tsx';
import type { StudioStart } from '../../islands/studio/studio.store.ts';
import { PublicLayout } from '../../layouts/public-layout.tsx';
import { StudioIsland } from './studio-island.tsx';

interface BackstageStudioPageProps {
  event: { slug: string; title: string };
  start: StudioStart;
}

/** The same studio for a speaker, who has no console. */
export function BackstageStudioPage({ event, start }: BackstageStudioPageProps) {
  return (
    <PublicLayout title={`Studio: ${event.title}`} hidden page="wrap">
      <BackLink href={`/events/${event.slug}/backstage`} text="Backstage" />
      <h1>Studio: {start.stageName}</h1>
      <StudioIsland start={start} />
    </PublicLayout>
  );
}
