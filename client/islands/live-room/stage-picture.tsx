import { Player } from '../../player/player.tsx';
import { ExternalPictureView } from './external-picture.tsx';
import type { PictureStore } from './picture.store.ts';

/** What the stage shows, when that is a picture. Reads no clock: a video is not drawn anew with every tick. */
export function StagePictureView({ picture, isRunning }: { picture: PictureStore; isRunning: boolean }) {
  const external = picture.picture.value?.external;
  switch (picture.kind.value) {
    case 'stream':
      return <Player player={picture.player} isRunning={isRunning} plainSource={picture.plainSource.value} />;
    case 'external':
      return external ? (
        <ExternalPictureView picture={picture} external={external} isRunning={isRunning} />
      ) : null;
    case 'slate':
    case 'card':
      return null;
  }
}
