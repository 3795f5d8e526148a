import { Router, type Response } from 'express';
import { CaptionerPage } from '../../client/pages/console/captioner.tsx';
import { captionForm, longestCaption } from '../contracts/caption.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import type { Deps } from '../deps.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { createRateLimit } from '../platform/http/rate-limits.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { showTimeOfDay } from '../platform/time/show-time.ts';
import { getCaptioner, lastCaptions, type Captioner } from './caption.queries.ts';
import { linesToCaptions, pathOfCaptioner } from './caption.rules.ts';
import { writeCaptions } from './write-captions.ts';

/** Where a captioner types. No sign-in: whoever holds the address may write for its one stage. */
export function captionerRoutes(deps: Deps): Router {
  const router = Router();
  const limit = createRateLimit({ tries: 120, seconds: 60, what: 'captions from this link' });

  router.get('/captioner/:token', async (request, response) => {
    const { token } = request.params;
    await show(response, token, await getCaptioner(token), emptyForm);
  });

  router.post('/captioner/:token', async (request, response) => {
    const { token } = request.params;
    const captioner = await getCaptioner(token);
    await limit.spend(captioner.link._id);
    const read = readForm(captionForm, request.body);
    if (!read.ok) return show(response, token, captioner, read.form, 422);
    const captions = linesToCaptions(read.input.text, longestCaption).map((text) => ({ text }));
    await writeCaptions(captioner, { captions }, deps);
    response.redirect(303, pathOfCaptioner(token));
  });

  async function show(
    response: Response,
    token: string,
    { link, event, stageName }: Captioner,
    form: FormState,
    status = 200,
  ) {
    const last = await lastCaptions(event._id, link.stageId ?? null, 8);
    response.set('X-Robots-Tag', 'noindex');
    const page = (
      <CaptionerPage
        eventTitle={event.title}
        stageName={stageName}
        path={pathOfCaptioner(token)}
        form={form}
        start={{
          token,
          sendPath: '/api/v1/captions',
          longest: longestCaption,
          said: last.map(({ _id, from, text }) => ({ id: _id, at: showTimeOfDay(from, event.zone), text })),
        }}
      />
    );
    sendPage(response, page, status);
  }
  return router;
}
