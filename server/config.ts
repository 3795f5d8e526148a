import { resolve } from 'node:path';
import { z } from 'zod';
import {
  flag,
  incompleteMediaSettings,
  mediaSettings,
  port,
  readMediaConfig,
  url,
  type MediaConfig,
} from './platform/media/media-settings.ts';

/** Every setting the product reads. A blank value counts as absent. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  ADMIN_PORT: port.optional(),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: url('https?', 'https://events.example.org').optional(),
  MONGODB_URI: url('mongodb|mongodb\\+srv', 'mongodb://db.example.org/plenary?replicaSet=rs0').optional(),
  REDIS_URL: url('rediss?', 'redis://redis.example.org:6379').optional(),
  WEB_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  SMTP_URL: url('smtps?', 'smtps://user:password@smtp.example.org').optional(),
  MAIL_FROM: z
    .email({ error: 'must be an email address such as events@example.org' })
    .default('events@plenary.example'),
  MAIL_DOMAIN_RATE: z.coerce.number().int().min(1).max(10_000).default(50),
  DKIM_DOMAIN: z.hostname({ error: 'must be a domain such as example.org' }).optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/i, { error: 'must be a selector such as plenary' })
    .default('plenary'),
  DKIM_KEY_FILE: z.string().optional(),
  INBOUND_IMAP_URL: url('imaps?', 'imaps://user:password@imap.example.org/INBOX').optional(),
  INBOUND_SECRET: z
    .string()
    .min(32, { error: 'must be at least 32 characters; make one with: openssl rand -hex 32' })
    .optional(),
  INBOUND_AUTHSERV_ID: z.hostname({ error: 'must be a host such as mx.example.org' }).optional(),
  UPDATE_DELAY_MINUTES: z.coerce.number().min(0).max(60).default(5),
  SECRET_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits; make one with: openssl rand -hex 32' })
    .optional(),
  ALLOW_HTTP: flag.default(false),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SEED_DEMO: flag.optional(),
  ...mediaSettings,
});

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly mode: 'development' | 'production' | 'test';
  readonly isProduction: boolean;
  readonly host: string;
  readonly port: number;
  /** Port of health details and metrics, on the loopback address only. 0 takes any free port. */
  readonly adminPort: number;
  readonly dataDirectory: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly mongodbUri: string | null;
  /** Where web processes on several machines reach each other; null: they follow by polling alone. */
  readonly redisUrl: string | null;
  /** Processes that serve pages and sockets on one port of this machine. */
  readonly webProcesses: number;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Mails per second to one recipient domain, by each process. */
  readonly mailDomainRate: number;
  /** null: mail leaves unsigned, for a server that signs it. `keyFile` is a private key in PEM. */
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
  /** How answers, bounces and complaints come in; null when nobody reads them. */
  readonly inbound: Inbound | null;
  /** How long quick edits of an event are gathered before everybody is told. */
  readonly updateDelayMinutes: number;
  /** 64 hexadecimal digits; null in development until `DATA_DIR/secret-key` is made or read. */
  readonly secretKey: string | null;
  /** How many proxies in front may be believed about the client's address. */
  readonly trustedProxies: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly seedDemo: boolean;
  /** How pictures come in and go out. */
  readonly media: MediaConfig;
}

export interface Inbound {
  readonly imapUrl: string | null;
  /** Signs what is posted to /webhooks/mail; null when there is no such way in. */
  readonly secret: string | null;
  /** The server whose Authentication-Results count (RFC 8601); others could be forged. */
  readonly authservId: string;
}

/** Names every wrong setting at once, each with how to mend it. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `Plenary cannot start, because of its settings:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

export function loadConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in schema.shape && value !== undefined && value.trim() !== '',
    ),
  );
  const parsed = schema.safeParse(given);
  const shape = parsed.success ? parsed.data : undefined;
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  problems.push(
    ...incompleteSettings(given),
    ...incompleteMediaSettings(given),
    ...productionProblems(given),
  );
  if (!shape || problems.length > 0) throw new ConfigError(problems);
  const isProduction = shape.NODE_ENV === 'production';
  return Object.freeze({
    mode: shape.NODE_ENV,
    isProduction,
    host: shape.HOST,
    port: shape.PORT,
    adminPort: shape.ADMIN_PORT ?? (shape.PORT === 0 ? 0 : shape.PORT + 1),
    dataDirectory: resolve(shape.DATA_DIR),
    publicUrl: (shape.PUBLIC_URL ?? `http://localhost:${shape.PORT}`).replace(/\/+$/, ''),
    mongodbUri: shape.MONGODB_URI ?? null,
    redisUrl: shape.REDIS_URL ?? null,
    webProcesses: shape.WEB_PROCESSES,
    smtpUrl: shape.SMTP_URL ?? null,
    mailFrom: shape.MAIL_FROM,
    mailDomainRate: shape.MAIL_DOMAIN_RATE,
    dkim:
      shape.DKIM_DOMAIN && shape.DKIM_KEY_FILE
        ? { domain: shape.DKIM_DOMAIN, selector: shape.DKIM_SELECTOR, keyFile: resolve(shape.DKIM_KEY_FILE) }
        : null,
    inbound:
      (shape.INBOUND_IMAP_URL ?? shape.INBOUND_SECRET) && shape.INBOUND_AUTHSERV_ID
        ? {
            imapUrl: shape.INBOUND_IMAP_URL ?? null,
            secret: shape.INBOUND_SECRET ?? null,
            authservId: shape.INBOUND_AUTHSERV_ID,
          }
        : null,
    updateDelayMinutes: shape.UPDATE_DELAY_MINUTES,
    secretKey: shape.SECRET_KEY ?? null,
    trustedProxies: shape.TRUST_PROXY,
    logLevel: shape.LOG_LEVEL,
    seedDemo: shape.SEED_DEMO ?? !isProduction,
    media: readMediaConfig(shape),
  });
}

function incompleteSettings(given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if (!given.DKIM_DOMAIN !== !given.DKIM_KEY_FILE)
    problems.push('DKIM_DOMAIN and DKIM_KEY_FILE belong together; set both to sign mail, or neither');
  if ((given.INBOUND_IMAP_URL ?? given.INBOUND_SECRET) && !given.INBOUND_AUTHSERV_ID)
    problems.push(
      'INBOUND_AUTHSERV_ID is missing; it is the name your mail server writes in Authentication-Results, for example mx.example.org',
    );
  return problems;
}

function productionProblems(given: Record<string, string | undefined>): string[] {
  if (given.NODE_ENV !== 'production') return [];
  const problems: string[] = [];
  if (!given.SECRET_KEY) problems.push('SECRET_KEY is missing; make one with: openssl rand -hex 32');
  if (!given.SMTP_URL)
    problems.push(
      'SMTP_URL is missing; without it nobody gets mail, for example smtps://user:password@smtp.example.org',
    );
  if (!given.PUBLIC_URL)
    problems.push(
      'PUBLIC_URL is missing; set it to the address people type, for example https://events.example.org',
    );
  else if (!given.PUBLIC_URL.startsWith('https:') && !['true', '1'].includes(given.ALLOW_HTTP ?? ''))
    problems.push(
      'PUBLIC_URL must start with https: in production; set ALLOW_HTTP=true if you accept sign-ins over plain http',
    );
  return problems;
}

/** What a process that this one starts reads in place of its own settings: all of them, but for those given. */
export const environmentWith = (given: Environment): NodeJS.ProcessEnv => ({ ...process.env, ...given });
