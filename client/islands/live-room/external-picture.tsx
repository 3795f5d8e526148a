import type { ExternalPicture } from '../../../server/contracts/stage-picture.ts';
import { Player } from '../../player/player.tsx';
import type { PictureStore } from './picture.store.ts';

/** A picture from elsewhere: only after a click, as its provider then knows who watches. */
export function ExternalPictureView({
  picture,
  external,
  isRunning,
}: {
  picture: PictureStore;
  external: ExternalPicture;
  isRunning: boolean;
}) {
  const { name, page } = describe(external);
  const refresh = !picture.isAllowed.value;
  if (isRunning && picture.hasConsented.value && !refresh)
    return external.provider === 'hls' ? (
      <Player player={picture.player} isRunning plainSource={null} />
    ) : (
      <div class="room-screen">
        <iframe
          class="room-frame"
          src={frameAddress(external)}
          title={`Picture from ${name}`}
          // A player of theirs asks which site it stands on, and refuses to play when nobody says.
          referrerPolicy="strict-origin-when-cross-origin"
          sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"
          allow="autoplay; fullscreen; encrypted-media; picture-in-picture"
          allowFullScreen
        />
      </div>
    );
  return (
    <div class="room-screen">
      <div class="room-card room-consent">
        <p class="room-card-line">Picture from elsewhere</p>
        <p>This picture comes from {name}. It will learn that you watch, and may set cookies of its own.</p>
        {isRunning && !refresh && (
          <p>
            <button type="button" class="button" onClick={() => picture.consent()}>
              Show the picture
            </button>
          </p>
        )}
        {isRunning && refresh && <p>It was put on just now: load this page again to see it.</p>}
        {!isRunning && (
          <p>
            <a href={page} target="_blank" rel="noopener noreferrer">
              Watch at {name}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}

function describe(external: ExternalPicture): { name: string; page: string } {
  switch (external.provider) {
    case 'youtube':
      return { name: 'YouTube', page: `https://www.youtube.com/watch?v=${external.videoId}` };
    case 'vimeo':
      return {
        name: 'Vimeo',
        page: `https://vimeo.com/${external.videoId}${external.hash === null ? '' : `/${external.hash}`}`,
      };
    case 'hls':
      return { name: new URL(external.url).host, page: external.url };
  }
}

function frameAddress(external: Exclude<ExternalPicture, { provider: 'hls' }>): string {
  if (external.provider === 'youtube')
    return `https://www.youtube-nocookie.com/embed/${external.videoId}?autoplay=1&playsinline=1&rel=0`;
  const hash = external.hash === null ? '' : `&h=${external.hash}`;
  return `https://player.vimeo.com/video/${external.videoId}?autoplay=1&dnt=1${hash}`;
}
