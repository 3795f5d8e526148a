import { z } from 'zod';

/** `unreachable`: nobody answered in time, or what came was no answer; asking again may help. */
export type Asked<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: 'unreachable'; readonly message: string };

/** Posts one message as JSON and reads its answer, both checked against their schemas. Never throws. */
export async function askOverHttp(
  kind: { readonly payload: z.ZodType; readonly answer: z.ZodType },
  message: unknown,
  to: { readonly url: string; readonly bearer: string; readonly timeoutMs: number },
): Promise<Asked<unknown>> {
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${to.bearer}` },
      body: JSON.stringify(kind.payload.parse(message)),
      redirect: 'error',
      signal: AbortSignal.timeout(to.timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return unreachable(`it answered ${response.status}`);
    }
    return { ok: true, answer: kind.answer.parse(await response.json()) };
  } catch (error) {
    return unreachable(whatWentWrong(error));
  }
}

const unreachable = (message: string) => ({ ok: false, reason: 'unreachable', message }) as const;

/** Without what was sent: a message may hold a stream key. */
function whatWentWrong(error: unknown): string {
  if (error instanceof z.ZodError) return `not of the agreed shape: ${z.prettifyError(error).slice(0, 300)}`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : 'unknown';
}
