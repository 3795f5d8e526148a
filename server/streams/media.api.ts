import express, { Router, type Request } from 'express';
import {
  mediaMessages,
  type MediaAnswer,
  type MediaMessage,
  type MediaMessageName,
} from '../contracts/media-control.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { isFromOtherProcess } from '../platform/media/control/bearer.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { allowPublisher } from './allow-publisher.ts';
import { recordRun } from './record-run.ts';
import { listChosenSources, listEventsOfStreams } from './stream.queries.ts';
import { tellMeasured } from './tell-measured.ts';
import { listRevokedViewers } from './watch.queries.ts';

type Answers = {
  readonly [K in MediaMessageName]: (message: MediaMessage<K>, deps: Deps) => Promise<MediaAnswer<K>>;
};

const answers: Answers = {
  publish: allowPublisher,
  async hello(_, { clock }) {
    const now = clock.now();
    const [onAir, revoked] = await Promise.all([listChosenSources(now), listRevokedViewers(now)]);
    return { onAir, revoked };
  },
  async run(message, deps) {
    await recordRun(message, deps);
    return {};
  },
  async health({ streams }) {
    const events = await listEventsOfStreams(streams.map(({ streamId }) => streamId));
    for (const eventId of new Set(events.values()))
      tellMeasured(
        eventId,
        streams.filter(({ streamId }) => events.get(streamId) === eventId),
      );
    return {};
  },
  async made(payload, { clock }) {
    await addOutboxMessages([
      { message: { kind: 'replay-file:made', payload }, options: { at: clock.now(), priority: 0 } },
    ]);
    return {};
  },
};

/** What the media process asks and tells; nobody else has the bearer. Mounted before what is for browsers only. */
export function mediaApi(deps: Deps): Router {
  const router = Router();
  router.post(
    '/internal/media/:name',
    // Before the body is read: a stranger's is not worth a buffer.
    (request, _response, next) => next(isFromOtherProcess(deps.secrets, request) ? undefined : stranger()),
    express.json({ limit: '64kb' }),
    async (request: Request<{ name: string }>, response) => {
      const { name } = request.params;
      if (!isKnown(name)) throw notFound('that message');
      response.set('Cache-Control', 'no-store').json(await answer(name, request.body, deps));
    },
  );
  return router;
}

const stranger = () => new AppError('not-signed-in', 'Only the media process may ask this.');
const isKnown = (name: string): name is MediaMessageName => Object.hasOwn(mediaMessages, name);

async function answer<K extends MediaMessageName>(name: K, body: unknown, deps: Deps): Promise<object> {
  const message = mediaMessages[name].payload.safeParse(body);
  // Without what was sent: it may hold a key.
  if (!message.success) throw new AppError('invalid', `This is no message of the kind ${name}.`);
  return answers[name](message.data as MediaMessage<K>, deps);
}
