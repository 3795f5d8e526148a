// One server under comparison, with the process that holds its viewers.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOfTree } from '../support/process-cpu.ts';
import type { HolderOrder, HolderReport } from './holder.ts';
import type { Kind } from './live-client.ts';
import type { YardstickOrder } from './yardstick.ts';

const start = async (file: string, args: string[] = []) => {
  const child = fork(join(import.meta.dirname, file), args);
  const [first] = (await once(child, 'message')) as [{ port?: number }];
  return { child, port: first.port ?? 0 };
};

export interface Server {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}
export interface Yardstick extends Server {
  ask(order: YardstickOrder): Promise<{ seq?: number }>;
}

export async function startYardstick(kind: Kind): Promise<Yardstick> {
  const { child, port } = await start('yardstick.ts', [kind]);
  return {
    pid: child.pid ?? 0,
    port,
    async ask(order) {
      child.send(order);
      return (await once(child, 'message'))[0] as { seq?: number };
    },
    stop: () => end(child),
  };
}

/** The built product, as an operator starts it. */
export async function startProduct(folder: string, port: number): Promise<Server> {
  const child = spawn(
    process.execPath,
    [...(process.env.PROF ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROF}`] : []), 'dist/start.js'],
    {
      env: {
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'development',
        PORT: String(port),
        HOST: '0.0.0.0',
        PUBLIC_URL: `http://localhost:${port}`,
        ADMIN_PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'warn',
        SEED_DEMO: 'false',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Plenary is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The product ended with ${code}: ${output}`)));
  });
  return { pid: child.pid ?? 0, port, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** The viewers of one server. */
export class Viewers {
  private constructor(
    private readonly child: ChildProcess,
    readonly server: Server,
  ) {}

  static async of(server: Server): Promise<Viewers> {
    return new Viewers((await start('holder.ts')).child, server);
  }

  cpu(): number {
    return cpuOfTree(this.server.pid);
  }

  async join(
    kind: Kind,
    eventId: string,
    count: number,
    perSecond: number,
    people: { cookie: string; ticket?: string }[],
  ): Promise<void> {
    await this.#askFor('joined', {
      do: 'join',
      kind,
      port: this.server.port,
      eventId,
      count,
      perSecond,
      people,
    });
  }

  /** Resolves when all are back. */
  async dropAll(withinMs: number): Promise<void> {
    await this.#askFor('joined', { do: 'drop', withinMs });
  }

  async comeBack(withinMs: number): Promise<void> {
    await this.#askFor('ok', { do: 'come-back', withinMs });
  }

  /** Resolves when every viewer has every number up to this one. */
  async reach(seq: number): Promise<void> {
    await this.#askFor('reached', { do: 'expect', seq });
  }

  report(): Promise<HolderReport> {
    return this.#askFor('latencies', { do: 'report' }) as Promise<HolderReport>;
  }

  async leave(): Promise<void> {
    await this.#askFor('ok', { do: 'leave' });
  }

  stop(): Promise<void> {
    return end(this.child);
  }

  #askFor(part: string, order: HolderOrder): Promise<object> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        this.child.off('message', listen);
        reject(
          new Error(`Nothing said "${part}" within 90 seconds of ${order.do}, port ${this.server.port}`),
        );
      }, 90_000);
      const listen = (message: object) => {
        if (!(part in message)) return;
        clearTimeout(limit);
        this.child.off('message', listen);
        resolve(message);
      };
      this.child.on('message', listen);
      this.child.send(order);
    });
  }
}

/** Memory that is no file, in kB: the store maps its data file, and the kernel frees that as it likes. */
export function anonymousKilobytes(pid: number): number {
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN);
}
