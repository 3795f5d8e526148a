import { z } from 'zod';

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

/** Signed requests show what is recorded to whoever listens on the way, so plain http stays on this machine. */
const endpoint = z.string().refine(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return (
      url?.search === '' &&
      (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
    );
  },
  { error: 'must be an https URL such as https://s3.example.org; http is for this machine only' },
);

/** The settings of S3-compatible storage, as the environment gives them. */
export const storageSettings = {
  S3_ENDPOINT: endpoint.optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]{1,64}$/, { error: 'must be a region such as eu-central-1' })
    .default('us-east-1'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'must be the name of a bucket such as recordings' })
    .optional(),
  S3_PREFIX: z
    .string()
    .max(200)
    .regex(/^\/*[\w-]+(?:[./][\w-]+)*\/*$/, { error: 'must be a folder in the bucket such as plenary/live' })
    .optional(),
  S3_ACCESS_KEY_ID: z.string().max(200).optional(),
  S3_SECRET_ACCESS_KEY: z.string().max(200).optional(),
  KEEP_LOCAL_HOURS: z.coerce.number().min(0).max(87_600).default(24),
};

/** Where recordings go besides the local disk, and how long they stay there too. */
export interface StorageConfig {
  /** Without a trailing slash. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Empty, or with one slash at its end and none in front. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly keepLocalMs: number;
}

type Given = z.output<z.ZodObject<typeof storageSettings>>;

/** null: recordings stay on the local disk. */
export function readStorageConfig(given: Given): StorageConfig | null {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = given;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null;
  const prefix = (given.S3_PREFIX ?? '').replace(/^\/+|\/+$/g, '');
  return {
    endpoint: S3_ENDPOINT.replace(/\/+$/, ''),
    region: given.S3_REGION,
    bucket: S3_BUCKET,
    prefix: prefix && `${prefix}/`,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    keepLocalMs: given.KEEP_LOCAL_HOURS * 3_600_000,
  };
}

const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

export function incompleteStorageSettings(given: Readonly<Record<string, string | undefined>>): string[] {
  const missing = needed.filter((name) => !given[name]);
  return missing.length === 0 || missing.length === needed.length
    ? []
    : [
        `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing; set all of ${needed.join(', ')} to keep recordings in S3, or none`,
      ];
}
