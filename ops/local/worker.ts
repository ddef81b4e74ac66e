import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './answers.ts';
import type { Delivery } from './arguments.ts';
import { startChild } from './child.ts';
import type { Ports } from './ports.ts';
import { must } from './run.ts';
import { writePrivately, type Secrets } from './secrets.ts';
import { Sentence } from './sentence.ts';
import type { Payments } from './stripe.ts';

export type WorkerOptions = {
  root: string;
  data: string;
  ports: Ports;
  bucket: string;
  secrets: Secrets;
  delivery: Delivery;
  /** The CDN's files are opened by cookies, where the player keeps them. */
  cookies: boolean;
  payments: Payments;
  onProblem: (text: string) => void;
  signal?: AbortSignal;
};

/** Wrangler, as quiet and as private as it gets: no telemetry, no banner, no log files of its own, nothing asked from the network. */
const wranglerEnv = {
  ...process.env,
  CI: '1',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

/** How often and how long, ms, wrangler is let try again while the Worker beside it writes: it waits for no lock itself. */
const TRIES = 20;
const APART_MS = 250;

/** Runs one of wrangler's commands about D1 on the local database. */
export async function d1(
  command: string[],
  { root, data, signal }: Pick<WorkerOptions, 'root' | 'data' | 'signal'>,
): Promise<string> {
  const args = ['d1', ...command, '--local', '--persist-to', join(data, 'state')];
  const options = { cwd: root, env: wranglerEnv, ...(signal ? { signal } : {}) };
  for (let tries = 1; ; tries++)
    try {
      return await must(`wrangler d1 ${command[0]}`, 'wrangler', args, options);
    } catch (error) {
      // The whole file is one transaction: of what found the database locked, nothing was done.
      if (tries === TRIES || !(error instanceof Sentence && error.message.includes('SQLITE_BUSY')))
        throw error;
      await sleep(APART_MS, undefined, signal ? { signal } : {});
    }
}

/** Addresses and secrets as wrangler reads them. A variable in this file wins over [vars] in wrangler.toml. */
export function workerVariables({
  ports,
  bucket,
  secrets,
  delivery,
  cookies,
  payments,
}: Pick<WorkerOptions, 'ports' | 'bucket' | 'secrets' | 'delivery' | 'cookies' | 'payments'>): Record<
  string,
  string
> {
  const { rotatedAt: _, ...forWorker } = secrets;
  return {
    ...forWorker,
    ...payments.variables,
    PUBLIC_ORIGIN: `http://localhost:${ports.site}`,
    CDN_ORIGIN: `http://localhost:${ports.cdn}`,
    DELIVERY: delivery,
    CDN_COOKIE_DOMAIN: cookies ? 'localhost' : '',
    S3_ENDPOINT: `http://localhost:${ports.store}`,
    MEDIA_BUCKET: bucket,
    TRANSCODER_URL: ports.transcoders.map((port) => `http://localhost:${port}`).join(' '),
  };
}

/** dotenv's syntax: single quotes keep JSON as it is, double quotes let `\n` be a line's end (PEM). */
export const dotenv = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) =>
      value.includes('\n') ? `${name}="${value.replaceAll('\n', '\\n')}"` : `${name}='${value}'`,
    )
    .join('\n');

/** Wrangler would also take secrets that happen to stand in this shell's environment. */
const without = (env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

/** The Worker in workerd, by `wrangler dev`: D1, KV, R2, Queues and Durable Objects live under the data folder. */
export async function startWorker(options: WorkerOptions) {
  const { root, data, ports, onProblem } = options;
  const log = join(data, 'worker.log');
  const env = join(data, 'worker.env');
  await rm(log, { force: true });
  const variables = workerVariables(options);
  const write = (secrets: Secrets) => writePrivately(env, dotenv(workerVariables({ ...options, secrets })));
  await write(options.secrets);
  const start = () =>
    startChild({
      command: 'wrangler',
      args: [
        'dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(ports.site),
        '--inspector-port',
        '0',
        '--persist-to',
        join(data, 'state'),
        '--env-file',
        env,
        '--show-interactive-dev-session=false',
      ],
      cwd: root,
      env: without(wranglerEnv, Object.keys(variables)),
      log,
      onLine: (line) => {
        const error = /✘ \[ERROR\] (.+)/.exec(line)?.[1];
        if (error) onProblem(`Worker: ${error.trim().slice(0, 300)} (${log})`);
      },
    });
  let child = start();
  let starting = false;
  let tellDied: (code: number) => void;
  const ended = new Promise<number>((resolve) => (tellDied = resolve));
  const watch = (one: typeof child) =>
    void one.ended.then((code) => one === child && !starting && tellDied(code));
  watch(child);
  const origin = `http://localhost:${ports.site}`;
  return {
    origin,
    log,
    ready: () => answers(`${origin}/api/health`, ended),
    died: ended.then((code) => `The Worker ended with ${code}; its last words are in ${log}.`),
    /** Other secrets: wrangler reads them when it starts. Players bear some seconds without it; in production there are none. */
    async tell(secrets: Secrets) {
      await write(secrets);
      starting = true;
      await child.stop(3_000);
      child = start();
      watch(child);
      starting = false;
      await answers(`${origin}/api/health`, child.ended);
    },
    stop: () => child.stop(3_000),
  };
}
