/** `missing`: nothing is there. `refused`: asking again as it is does not help. `unavailable`: asking later may. */
export interface S3Failure {
  readonly ok: false;
  readonly reason: 'missing' | 'refused' | 'unavailable';
  /** A sentence for the operator. */
  readonly message: string;
}

const failed = (reason: S3Failure['reason'], message: string): S3Failure => ({ ok: false, reason, message });

/** What an operator can mend, by the code S3 gives (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const mendable: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch:
    'S3 does not accept S3_SECRET_ACCESS_KEY; set the one that belongs to S3_ACCESS_KEY_ID',
  InvalidAccessKeyId: 'S3 does not know S3_ACCESS_KEY_ID; set one that it has',
  AccessDenied: 'S3 lets these keys not do that in S3_BUCKET; give them the permissions of docs/streaming.md',
  NoSuchBucket: 'S3 has no bucket of the name S3_BUCKET; make it, or set another',
  RequestTimeTooSkewed: 'the clock of this machine is wrong by more than S3 accepts; set it',
  AuthorizationHeaderMalformed: 'S3 expects another region; set S3_REGION to the bucket’s',
  PermanentRedirect: 'the bucket is elsewhere; set S3_ENDPOINT and S3_REGION to the bucket’s',
};

/** Reads the answer of S3 to what it did not do: its status and its XML. */
export function explainRefusal(status: number, xml: string): S3Failure {
  const code = /<Code>([\w.]{1,100})<\/Code>/.exec(xml)?.[1] ?? '';
  const advice = mendable[code];
  if (advice) return failed('unavailable', advice);
  if (status === 404) return failed('missing', 'S3 has nothing there');
  const said = `S3 answered ${status}${code && ` (${code})`}`;
  if (status === 403) return failed('unavailable', `${said}; look at S3_ACCESS_KEY_ID and its permissions`);
  return status >= 500 || status === 429 || status === 408 || code === 'RequestTimeout'
    ? failed('unavailable', said)
    : failed(status >= 400 ? 'refused' : 'unavailable', said);
}

/** No answer at all, or half of one. */
export function explainSilence(error: unknown): S3Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = code || (error instanceof Error ? error.message : 'no answer');
  return failed('unavailable', `S3 cannot be reached at S3_ENDPOINT (${why})`);
}
