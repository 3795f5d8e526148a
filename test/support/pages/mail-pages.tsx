import { UnsubscribePage } from '../../../client/pages/registration/unsubscribe.tsx';
import type { GalleryPage } from './gallery.ts';
import { attendee } from './site.ts';

export const mailPages: readonly GalleryPage[] = (['asking', 'stopped', 'back'] as const).map((standing) => ({
  name: `unsubscribe ${standing}`,
  page: (
    <UnsubscribePage
      organiserName="PSE365"
      email={attendee.email}
      action="/unsubscribe/v1.token"
      standing={standing}
    />
  ),
}));
