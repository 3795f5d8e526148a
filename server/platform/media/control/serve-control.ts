import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  controlMessages,
  type ControlAnswer,
  type ControlMessage,
  type ControlName,
} from '../../../contracts/media-control.ts';
import { sendProblem } from '../../http/send-problem.ts';
import type { Logger } from '../../logging/create-logger.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import { isFromOtherProcess } from './bearer.ts';

export type ControlHandlers = {
  readonly [K in ControlName]: (message: ControlMessage<K>) => Promise<ControlAnswer<K>> | ControlAnswer<K>;
};

/** Ten thousand viewers who are revoked at once fit in. */
const mostBytes = 1_000_000;

/** Answers `POST /control/<name>`; only another process of the installation is heard. */
export function serveControl(
  handlers: ControlHandlers,
  options: { readonly secrets: SecretBox; readonly logger: Logger },
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    response.on('error', () => undefined);
    if (!isFromOtherProcess(options.secrets, request)) {
      request.resume();
      return sendProblem(
        response,
        401,
        'not-signed-in',
        'Only the web processes of this installation may ask.',
      );
    }
    const name = /^\/control\/([a-z-]+)$/.exec(request.url ?? '')?.[1] ?? '';
    if (request.method !== 'POST' || !isControlName(name)) {
      request.resume();
      return sendProblem(response, 404, 'not-found', 'There is no such message.');
    }
    answer(name, request, response, handlers).catch((error: unknown) => {
      options.logger.error({ err: error, name }, 'a message from web failed');
      if (!response.headersSent) sendProblem(response, 500, 'internal', 'The message could not be followed.');
    });
  };
}

const isControlName = (name: string): name is ControlName => Object.hasOwn(controlMessages, name);

async function answer<K extends ControlName>(
  name: K,
  request: IncomingMessage,
  response: ServerResponse,
  handlers: ControlHandlers,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    request.resume();
    return sendProblem(response, 413, 'too-large', 'The message is too large.', { Connection: 'close' });
  }
  const message = controlMessages[name].payload.safeParse(body);
  if (!message.success)
    return sendProblem(response, 400, 'bad-request', 'The message has not the agreed shape.');
  const said = await handlers[name](message.data as ControlMessage<K>);
  const text = JSON.stringify(controlMessages[name].answer.parse(said));
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(text);
}

/** null: more than may come. What is no JSON is undefined, which no message is. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) ?? undefined;
  } catch {
    return undefined;
  }
}
