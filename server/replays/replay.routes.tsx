import { Router } from 'express';
import { ReplayPage } from '../../client/pages/public/replay.tsx';
import { ReplaysPage } from '../../client/pages/public/replays.tsx';
import { writeVtt } from '../captions/web-vtt.rules.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { sendPrivateText } from '../platform/http/send-private-text.ts';
import type { PublicAnswers } from '../platform/http/share-page.ts';
import { pathOfFilm } from '../platform/uploads/keep-film.ts';
import { listSpokenIn, loadLibrary, tellAbout } from './library.queries.ts';
import {
  libraryChoices,
  matchesLibrary,
  readLibraryFilters,
  relatedTo,
  replayCard,
  searchWords,
} from './library.rules.ts';
import { openReplay } from './open-replay.ts';
import { listCuesOfReplay } from './replay.queries.ts';
import { findPosition, listPositionsOf } from './replay-position.queries.ts';
import { readPosition, shownCues } from './replay.rules.ts';
import { replayPage, transcriptOf } from './replay-page.rules.ts';

const path = '/replays/:replayId';

/** The video library and the page of each replay. */
export function replayRoutes(deps: Deps, answers: PublicAnswers): Router {
  const router = Router();

  router.get('/replays', (request, response) => {
    const filters = readLibraryFilters(request.query);
    const make = async () => {
      const entries = await loadLibrary(response.locals);
      const spokenIn = await listSpokenIn(searchWords(filters.q));
      const positions = await listPositionsOf(response.locals);
      const found = entries.filter((entry) => matchesLibrary(entry, filters, spokenIn));
      return (
        <ReplaysPage
          filters={filters}
          {...libraryChoices(entries)}
          results={found.map((one) => replayCard(one, positions))}
        />
      );
    };
    return answers.page(request, response, make, JSON.stringify(filters));
  });

  router.get(path, async (request, response) => {
    const opened = await openReplay(response.locals, request.params.replayId, deps);
    const [[entry], library, cues, left] = await Promise.all([
      tellAbout([opened.replay]),
      loadLibrary(response.locals),
      listCuesOfReplay(opened.replay),
      opened.right && findPosition(opened.replay._id, opened.right.key),
    ]);
    if (!entry) throw notFound('that replay');
    const startAt = readPosition(request.query.t);
    const related = relatedTo(entry, library).map((one) => replayCard(one));
    sendPage(
      response,
      <ReplayPage
        {...replayPage({ ...opened, ...entry, cues, startAt, left, isKnown: opened.right !== null })}
        related={related}
      />,
    );
  });

  router.get(`${path}/captions.vtt`, async (request, response) => {
    const { replay } = await openReplay(response.locals, request.params.replayId, deps);
    const cues = shownCues(replay, await listCuesOfReplay(replay));
    sendPrivateText(request, response, 'text/vtt; charset=utf-8', writeVtt(cues));
  });

  router.get(`${path}/transcript.txt`, async (request, response) => {
    const { replay } = await openReplay(response.locals, request.params.replayId, deps);
    const cues = shownCues(replay, await listCuesOfReplay(replay));
    sendPrivateText(request, response, 'text/plain; charset=utf-8', transcriptOf(cues));
  });

  router.get(`${path}/download`, async (request, response) => {
    const { replay, isOwn, source } = await openReplay(response.locals, request.params.replayId, deps);
    if (!isOwn && !replay.isDownloadable) throw notFound('that file');
    response.set('Cache-Control', 'private, no-store');
    if (source.kind === 'file') return response.redirect(303, source.path);
    if (replay.fileStatus !== 'ready') throw notFound('that file');
    response.redirect(303, `${source.path}file/${replay.fileId}.mp4`);
  });

  router.get(`${path}/film-:uploadId.mp4`, async (request, response) => {
    const { replayId, uploadId } = request.params;
    const { replay } = await openReplay(response.locals, replayId, deps);
    const film = replay.upload?.id === uploadId ? pathOfFilm(deps.config.dataDirectory, uploadId) : null;
    if (!film) throw notFound('that film');
    response.set({
      'Content-Type': 'video/mp4',
      'Cache-Control': 'private, max-age=600',
      'X-Robots-Tag': 'noindex',
    });
    await new Promise<void>((resolve, reject) =>
      response.sendFile(film, { dotfiles: 'allow', cacheControl: false }, (error: unknown) => {
        // A viewer who jumps or leaves ends the answer in its middle: that is no failure.
        if (!error || response.headersSent) resolve();
        else reject(notFound('that film'));
      }),
    );
  });

  return router;
}
