import type { ReplayPlayer } from '../../server/contracts/replay.ts';

/** The list of a replay: with its captions, for players that take both from it, where there are any. */
export const replayList = ({ captionsPath, lang }: Pick<ReplayPlayer, 'captionsPath' | 'lang'>): string =>
  captionsPath ? `main.m3u8?captions=${lang ?? 'en'}` : 'main.m3u8';
