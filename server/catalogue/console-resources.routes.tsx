import { Router, type Request, type Response } from 'express';
import { SessionResourcesPage } from '../../client/pages/console/session-resources.tsx';
import type { FormState } from '../contracts/form-state.ts';
import { oneLine } from '../contracts/form-text.ts';
import {
  largestFile,
  mostFiles,
  mostLinks,
  removeFileForm,
  resourceFileForm,
  resourceLinksForm,
} from '../contracts/resource-form.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { newId } from '../platform/new-id.ts';
import { keepFile, removeKeptFile } from '../platform/uploads/kept-files.ts';
import { readUpload } from '../platform/uploads/read-upload.ts';
import { sniffFile } from '../platform/uploads/sniff-file.ts';
import { getSessionOfEvent, type Session } from '../sessions/session.queries.ts';
import { setResources, type ResourceChange } from '../sessions/set-resources.ts';
import { noticeOf } from './console-events.routes.tsx';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';

const notices = { saved: 'Saved.', added: 'The file is there.', removed: 'The file is gone.' };
const meanwhile = 'This session was changed or moved meanwhile. Send it again to save yours';

type SessionRequest = Request<{ eventId: string; sessionId: string }>;

/** Links and files beside one session. */
export function consoleResourceRoutes(deps: Deps): Router {
  const router = Router();
  const base = '/console/events/:eventId/sessions/:sessionId';
  const { dataDirectory } = deps.config;

  async function open({ params }: SessionRequest, response: Response) {
    const opened = await openConsoleEvent(response, params.eventId, 'session:edit', deps);
    return { opened, session: await getSessionOfEvent(opened.event._id, params.sessionId) };
  }
  const set = ({ actor, event }: OpenedEvent, session: Session, revision: number, change: ResourceChange) =>
    setResources(
      actor,
      { organiserId: event.organiserId, eventId: event._id, sessionId: session._id, revision, change },
      deps,
    );

  router.get(`${base}/resources`, async (request, response) => {
    const { opened, session } = await open(request, response);
    show(response, opened, session, { form: storedForm(session), notice: noticeOf(request, notices) });
  });

  router.post(`${base}/resources`, async (request, response) => {
    const { opened, session } = await open(request, response);
    const read = readForm(resourceLinksForm, request.body);
    if (!read.ok) return show(response, opened, session, { form: read.form, status: 422 });
    const { links, revision } = read.input;
    const result = await set(opened, session, revision, { links });
    if (result.ok) return response.redirect(303, `${pathOf(opened, session)}/resources?done=saved`);
    const form = refusedForm(request.body, { field: 'link-1-title', message: meanwhile });
    const values = { ...form.values, revision: String(result.session.revision) };
    show(response, opened, result.session, { form: { ...form, values }, status: 409 });
  });

  router.post(`${base}/files`, async (request, response) => {
    const { opened, session } = await open(request, response);
    const upload = await readUpload(request, response, largestFile);
    const refuse = (message: string, status: number) => {
      const { values } = refusedForm(request.body);
      const form = {
        values: { ...storedForm(session).values, ...values },
        errors: [{ field: 'file', message }],
      };
      show(response, opened, session, { form, status });
    };
    if (!upload.ok) return refuse('Choose a file of 20 MB or less', 413);
    const read = readForm(resourceFileForm, request.body);
    if (!upload.file || !read.ok) return refuse('Choose a file', 422);
    const { name, bytes } = upload.file;
    const ending = sniffFile(bytes, name);
    if (!ending) return refuse('Choose a file of one of these kinds; this one is something else inside', 422);
    const id = newId();
    const title = read.input.title || oneLine(name.replace(/\.[^.]*$/, '')).slice(0, 120) || 'File';
    const url = `/live-files/${opened.event._id}/${id}.${ending}`;
    await keepFile(dataDirectory, `${id}.${ending}`, bytes);
    const addFile = { id, title, kind: 'file' as const, url, size: bytes.length };
    const result = await set(opened, session, read.input.revision, { addFile });
    if (result.ok) return response.redirect(303, `${pathOf(opened, session)}/resources?done=added`);
    await removeKeptFile(dataDirectory, `${id}.${ending}`);
    refuse(
      result.reason === 'too-many-files' ? `Remove a file first: ${mostFiles} is the most` : meanwhile,
      409,
    );
  });

  router.post(`${base}/files/:fileId/remove`, async (request, response) => {
    const { opened, session } = await open(request, response);
    const file = session.resources.find(({ kind, id }) => kind === 'file' && id === request.params.fileId);
    const read = readForm(removeFileForm, request.body);
    if (!read.ok) throw new AppError('invalid', 'Go back to the files and press Remove again.');
    if (file) {
      const result = await set(opened, session, read.input.revision, { removeFileId: file.id });
      if (!result.ok) throw new AppError('conflict', `${meanwhile}.`);
      await removeKeptFile(dataDirectory, file.url.split('/').at(-1) ?? '');
    }
    response.redirect(303, `${pathOf(opened, session)}/resources?done=removed`);
  });

  return router;
}

const pathOf = ({ shown }: OpenedEvent, session: Session) => `${shown.path}/sessions/${session._id}`;

function storedForm({ resources, revision }: Session): FormState {
  const links = resources.filter(({ kind }) => kind === 'link');
  const rows = links.flatMap(({ title, url }, index): [string, string][] => [
    [`link-${index + 1}-title`, title],
    [`link-${index + 1}-url`, url],
  ]);
  return { values: { ...Object.fromEntries(rows), revision: String(revision) }, errors: [] };
}

function show(
  response: Response,
  { shown }: OpenedEvent,
  session: Session,
  page: { form: FormState; notice?: string | null; status?: number },
): void {
  const files = session.resources.filter(({ kind }) => kind === 'file');
  sendPage(
    response,
    <SessionResourcesPage
      event={shown}
      session={{ id: session._id, title: session.title, revision: session.revision }}
      form={page.form}
      rows={mostLinks}
      notice={page.notice ?? null}
      files={files.map(({ id, title, url, size }) => ({
        id,
        title,
        path: url,
        size: sizeInWords(size ?? 0),
      }))}
    />,
    page.status,
  );
}

const sizeInWords = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
