import { resolve } from 'node:path';
import { z } from 'zod';
import type { IceConfig } from './ice-servers.ts';
import {
  incompleteStorageSettings,
  readStorageConfig,
  storageSettings,
  type StorageConfig,
} from './storage/storage-settings.ts';

export const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((value) => value === 'true' || value === '1');
export const port = z.coerce.number().int().min(0).max(65535);
export const url = (protocols: string, example: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && new RegExp(`^(${protocols}):$`).test(new URL(value).protocol), {
      error: `must be a URL such as ${example}`,
    });

const iceUrls = (schemes: string, example: string) =>
  z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim()))
    .refine((urls) => urls.every((one) => new RegExp(`^${schemes}:[^\\s/@]+$`).test(one)), {
      error: `must be addresses such as ${example}, with commas between`,
    });

/** The settings of streaming, as the environment gives them. */
export const mediaSettings = {
  MEDIA_PORT: port.optional(),
  MEDIA_URL: url('https?', 'http://media.example.org:3002').optional(),
  WEB_URL: url('https?', 'http://127.0.0.1:3000').optional(),
  MEDIA_BEHIND_CDN: flag.default(false),
  RTMP_HOST: z.string().optional(),
  RTMP_PORT: port.optional(),
  RTMPS_PORT: port.optional(),
  RTMPS_KEY_FILE: z.string().optional(),
  RTMPS_CERT_FILE: z.string().optional(),
  WEBRTC_PORT: port.optional(),
  WEBRTC_PUBLIC_ADDRESS: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IP address' }).optional(),
  STUN_URLS: iceUrls('stuns?', 'stun:turn.example.org:3478').optional(),
  TURN_URLS: iceUrls('turns?', 'turn:turn.example.org:3478').optional(),
  TURN_SECRET: z
    .string()
    .min(16, { error: 'must be at least 16 characters; make one with: openssl rand -hex 32' })
    .optional(),
  FFMPEG_PATH: z.string().optional(),
  RECONNECT_SECONDS: z.coerce.number().int().min(0).max(1_800).default(90),
  ...storageSettings,
};

export interface MediaConfig {
  /** Whether `start.js` starts a media process beside; false when MEDIA_URL names one that runs apart. */
  readonly isStartedHere: boolean;
  /** HTTP of the media process. 0 takes any free port. */
  readonly port: number;
  /** Where web reaches the media process, and it web; without a trailing slash. */
  readonly url: string;
  readonly webUrl: string;
  /** A CDN in front checks tokens itself, so what it may keep is marked as public. */
  readonly isBehindCdn: boolean;
  readonly rtmp: { readonly host: string; readonly port: number };
  readonly rtmps: { readonly port: number; readonly keyFile: string; readonly certFile: string } | null;
  /** UDP of WebRTC, one port for all; `publicAddress` is what the outside world reaches, null: found out. */
  readonly webRtc: { readonly port: number; readonly publicAddress: string | null };
  /** How browsers of the backstage room find each other through closed networks. */
  readonly ice: IceConfig;
  /** null: looked for in PATH. */
  readonly ffmpegPath: string | null;
  /** How long a run waits for its encoder to come back. */
  readonly reconnectSeconds: number;
  /** null: recordings stay on the local disk. */
  readonly storage: StorageConfig | null;
}

type Given = z.output<z.ZodObject<typeof mediaSettings>> & { readonly HOST: string; readonly PORT: number };

/** PORT=0, as tests have it, makes every port of streaming any free one. */
export function readMediaConfig(given: Given): MediaConfig {
  const usual = (number: number) => (given.PORT === 0 ? 0 : number);
  const mediaPort = given.MEDIA_PORT ?? usual(given.PORT + 2);
  return {
    isStartedHere: given.MEDIA_URL === undefined,
    port: mediaPort,
    url: (given.MEDIA_URL ?? `http://127.0.0.1:${mediaPort}`).replace(/\/+$/, ''),
    webUrl: (given.WEB_URL ?? `http://${loopbackOf(given.HOST)}:${given.PORT}`).replace(/\/+$/, ''),
    isBehindCdn: given.MEDIA_BEHIND_CDN,
    rtmp: { host: given.RTMP_HOST ?? given.HOST, port: given.RTMP_PORT ?? usual(1935) },
    rtmps:
      given.RTMPS_KEY_FILE && given.RTMPS_CERT_FILE
        ? {
            port: given.RTMPS_PORT ?? usual(1936),
            keyFile: resolve(given.RTMPS_KEY_FILE),
            certFile: resolve(given.RTMPS_CERT_FILE),
          }
        : null,
    webRtc: {
      port: given.WEBRTC_PORT ?? usual(50_000),
      publicAddress: given.WEBRTC_PUBLIC_ADDRESS ?? null,
    },
    ice: {
      stunUrls: given.STUN_URLS ?? [],
      turn:
        given.TURN_URLS && given.TURN_SECRET ? { urls: given.TURN_URLS, secret: given.TURN_SECRET } : null,
    },
    ffmpegPath: given.FFMPEG_PATH ?? null,
    reconnectSeconds: given.RECONNECT_SECONDS,
    storage: readStorageConfig(given),
  };
}

/** A process that listens everywhere is reached on loopback. */
const loopbackOf = (host: string) =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

export function incompleteMediaSettings(given: Readonly<Record<string, string | undefined>>): string[] {
  return [
    ...(!given.RTMPS_KEY_FILE === !given.RTMPS_CERT_FILE
      ? []
      : ['RTMPS_KEY_FILE and RTMPS_CERT_FILE belong together; set both to take RTMPS, or neither']),
    ...(!given.TURN_URLS === !given.TURN_SECRET
      ? []
      : ['TURN_URLS and TURN_SECRET belong together; set both to offer a TURN server, or neither']),
    ...incompleteStorageSettings(given),
  ];
}
