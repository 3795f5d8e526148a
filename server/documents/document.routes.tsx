import { Router, type Request, type Response } from 'express';
import { DocumentFormPage } from '../../client/pages/console/document-form.tsx';
import { DocumentPage } from '../../client/pages/public/document.tsx';
import {
  documentForm,
  siteDocumentNames,
  siteDocumentTitles,
  type SiteDocumentName,
} from '../contracts/document-form.ts';
import type { FormState } from '../contracts/form-state.ts';
import type { Deps } from '../deps.ts';
import { requireMember, requirePermission } from '../organisers/permission.rules.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import type { PublicAnswers } from '../platform/http/share-page.ts';
import { renderMarkdown, splitTitle } from '../platform/markdown/render-markdown.ts';
import { showDate } from '../platform/time/show-time.ts';
import { getSiteDocument } from './document.queries.ts';
import { editDocument } from './edit-document.ts';

/** The pages of the site that are Markdown, and the form an owner edits them with. */
export function documentRoutes(deps: Deps, answers: PublicAnswers): Router {
  const router = Router();
  for (const name of siteDocumentNames) {
    router.get(`/${name}`, (request, response) =>
      answers.page(request, response, async () => {
        const { markdown, editedAt } = await getSiteDocument(name);
        const { title, body } = splitTitle(markdown, siteDocumentTitles[name]);
        const updatedOn = editedAt && showDate(editedAt, 'Europe/London');
        return <DocumentPage title={title} html={renderMarkdown(body, 2)} updatedOn={updatedOn} />;
      }),
    );
    router.get(`/console/documents/${name}`, async (request, response) => {
      requireOwner(response);
      const { markdown, revision } = await getSiteDocument(name);
      const values = { markdown, revision: String(revision) };
      sendForm(request, response, name, { values, errors: [] });
    });
    router.post(`/console/documents/${name}`, async (request, response) => {
      requireOwner(response);
      const read = readForm(documentForm, request.body);
      if (!read.ok) return sendForm(request, response, name, read.form, 422);
      const result = await editDocument(response.locals.actor, { ...read.input, name }, deps);
      if (result.ok) return response.redirect(303, `/console/documents/${name}?saved=yes`);
      const current = await getSiteDocument(name);
      const form = refusedForm(request.body, {
        field: 'markdown',
        message:
          'Somebody else saved this page meanwhile. Your text is kept below; save again to replace theirs.',
      });
      const values = { ...form.values, revision: String(current.revision) };
      sendForm(request, response, name, { ...form, values }, 409);
    });
  }
  return router;
}

function requireOwner({ locals }: Response): void {
  const actor = requireMember(locals.actor);
  requirePermission(actor, 'document:edit', actor.organiserId);
}

function sendForm(
  request: Request,
  response: Response,
  name: SiteDocumentName,
  form: FormState,
  status = 200,
): void {
  const notice = request.query.saved === 'yes' ? 'Saved.' : null;
  sendPage(
    response,
    <DocumentFormPage title={siteDocumentTitles[name]} path={`/${name}`} form={form} notice={notice} />,
    status,
  );
}
