import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface MediaProcess {
  readonly port: number;
  readonly rtmpPort: number;
  readonly pid: number;
  readonly output: () => string;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** The built media process, as `npm start` runs it beside web. */
export async function startMediaProcess(options: {
  readonly dataDirectory: string;
  readonly secretKey: string;
  readonly webUrl: string;
  readonly port: number;
  readonly environment?: Record<string, string>;
}): Promise<MediaProcess> {
  const child = fork('dist/media.js', {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'development',
      PORT: '0',
      MEDIA_PORT: String(options.port),
      WEB_URL: options.webUrl,
      SECRET_KEY: options.secretKey,
      DATA_DIR: options.dataDirectory,
      LOG_LEVEL: 'info',
      ...options.environment,
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  endWith(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += String(chunk)));
  const ended = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  const [message] = (told ?? []) as [{ media: { port: number; rtmpPort: number } }?];
  if (!message) throw new Error(`The media process ended before it was ready:\n${output}`);
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    ...message.media,
    pid: child.pid ?? 0,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

type Pushing = ChildProcess & { readonly ended: Promise<unknown> };
const sound = ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'];

/** What OBS does, with a test card and a tone, in real time; key frames every second. */
export function pushTestCard(url: string, seconds: number): Pushing {
  const picture = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25'];
  const coded = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-g',
    '25',
    '-c:a',
    'aac',
  ];
  return push(['-v', 'error', ...picture, ...sound, ...coded], url, seconds);
}

/** The same without its camera. */
export const pushTone = (url: string, seconds: number): Pushing =>
  push(['-v', 'error', ...sound, '-c:a', 'aac'], url, seconds);

function push(made: readonly string[], url: string, seconds: number): Pushing {
  const child = spawn(
    process.env.FFMPEG_PATH ?? 'ffmpeg',
    [...made, '-t', String(seconds), '-f', 'flv', url],
    { stdio: 'ignore' },
  );
  endWith(child);
  return Object.assign(child, { ended: once(child, 'exit') });
}

/** A test that fails before it stops a process must not leave it running. */
function endWith(child: ChildProcess): void {
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  child.once('exit', () => process.off('exit', killOnExit));
}
