import { z } from 'zod';
import { optionalText } from './form-text.ts';
import { revisionField } from './revision-field.ts';
import { externalPicture, stageShows, type ExternalPicture } from './stage-picture.ts';

export const mostPlanned = 20;
/** Letters of an address; what is longer is not read. */
const longestAddress = 2_000;

const youTubeHosts = ['youtube.com', 'www.youtube.com', 'm.youtube.com', 'www.youtube-nocookie.com'];

/** The player that an address stands for; null for what we know no player of. */
export function readExternalAddress(text: string): ExternalPicture | null {
  const address = text.trim();
  if (address.length > longestAddress || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const read = externalPicture.safeParse(pictureAt(url, parts));
  return read.success ? read.data : null;
}

function pictureAt(url: URL, parts: readonly string[]): object | null {
  const [first = '', second, third] = parts;
  if (url.hostname === 'youtu.be') return { provider: 'youtube', videoId: first };
  if (youTubeHosts.includes(url.hostname)) {
    const videoId = first === 'watch' ? url.searchParams.get('v') : second;
    return ['watch', 'live', 'embed'].includes(first) ? { provider: 'youtube', videoId } : null;
  }
  if (url.hostname === 'player.vimeo.com')
    return first === 'video' ? { provider: 'vimeo', videoId: second, hash: url.searchParams.get('h') } : null;
  if (url.hostname === 'vimeo.com' || url.hostname === 'www.vimeo.com')
    return third === undefined ? { provider: 'vimeo', videoId: first, hash: second ?? null } : null;
  url.hash = '';
  return url.pathname.endsWith('.m3u8') ? { provider: 'hls', url: url.href } : null;
}

/** An address that `readExternalAddress` reads as this player. */
export function addressOfExternal(picture: ExternalPicture): string {
  switch (picture.provider) {
    case 'hls':
      return picture.url;
    case 'youtube':
      return `https://www.youtube.com/watch?v=${picture.videoId}`;
    case 'vimeo':
      return `https://vimeo.com/${picture.videoId}${picture.hash === null ? '' : `/${picture.hash}`}`;
  }
}

const external = z
  .string({ error: 'Enter an address' })
  .default('')
  .transform((text, context) => {
    if (text.trim() === '') return null;
    const picture = readExternalAddress(text);
    if (!picture)
      context.addIssue({
        code: 'custom',
        message:
          'Enter the address of a YouTube or Vimeo video, or one that begins with https:// and ends with .m3u8',
      });
    return picture;
  });

/** What a stage may show besides its own stream. */
export const streamSettingsForm = z.strictObject({
  slateText: optionalText(200),
  external,
  revision: revisionField,
});
export type StreamSettingsForm = z.infer<typeof streamSettingsForm>;

const shows = z.enum(stageShows.options, { error: 'Choose what the stage shows' });

/** The buttons that switch at once. */
export const showPictureForm = z.strictObject({ shows, revision: revisionField });

export const plannedForm = z.strictObject({
  /** Wall time of the event. */
  at: z
    .string({ error: 'Enter when' })
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: 'Enter a date and a time' }),
  shows,
});

export const removePlannedForm = z.strictObject({ at: z.iso.datetime() });

/** `key` names the key the page was about (when it was made, ms; 0: none), so that a form sent twice acts once. */
export const streamKeyForm = z.strictObject({
  key: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
});
