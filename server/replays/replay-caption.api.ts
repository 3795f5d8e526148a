import { Router } from 'express';
import { cutCues, writeVtt } from '../captions/web-vtt.rules.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { sendPrivateText } from '../platform/http/send-private-text.ts';
import { createPathChecker } from '../platform/media/origin/path-token.ts';
import { isTagRevoked } from '../streams/watch.queries.ts';
import { listCuesOfReplay, listReplaysOfStream } from './replay.queries.ts';
import { shownCues, watchedRange } from './replay.rules.ts';
import { replayTag } from './replay-tag.rules.ts';

const piece = /^(-?\d{1,9})_(\d{1,9})_(\d{1,10})\.vtt$/;

/**
 * Captions for players that play a replay's list by themselves, and send no cookies where they run on a television: the path
 * of the pictures opens them too. Cut and timed as the list says (RFC 8216, 3.5).
 */
export function replayCaptionApi(deps: Deps): Router {
  const router = Router();
  const checker = createPathChecker(deps.secrets, () => deps.clock.now().getTime());
  router.get('/captions/t/:token/:scope/:name', async (request, response) => {
    const { token, scope, name } = request.params;
    const checked = checker.check(token, scope);
    if (!checked.ok || (await isTagRevoked(checked.viewer, deps.clock.now())))
      throw new AppError('forbidden', 'This address opens no captions, or does not any more.');
    const [, from, length, ticks] = piece.exec(name) ?? [];
    const replay = await findByScope(scope);
    if (!replay || ticks === undefined) throw notFound('those captions');
    const cues = cutCues(shownCues(replay, await listCuesOfReplay(replay)), Number(from), Number(length));
    const text = writeVtt(cues).replace(
      'WEBVTT\n',
      `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:${ticks},LOCAL:00:00:00.000\n`,
    );
    sendPrivateText(request, response, 'text/vtt; charset=utf-8', text);
  });

  /** As it was when the path was given: one that was cut or taken back since has another tag or another range. */
  async function findByScope(scope: string) {
    const [streamId = '', from, to, tag] = scope.split('~');
    return (await listReplaysOfStream(streamId)).find((replay) => {
      const range = watchedRange(replay);
      const isSame = range?.from.toString(36) === from && range?.to.toString(36) === to;
      return isSame && replayTag(replay, deps.secrets) === tag;
    });
  }
  return router;
}
