import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { portsFrom, takenPort, type Ports } from './ports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Launched = {
  origin: string;
  ports: Ports;
  data: string;
  pid: number;
  /** Everything it has said. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Stops it as Ctrl-C does, and removes the data folder if it was made here. */
  stop(): Promise<void>;
};
export type LaunchOptions = {
  data?: string;
  args?: string[];
  transcoders?: number;
  /** On top of this process's own: what parts of the platform read, such as PRESET. */
  env?: NodeJS.ProcessEnv;
  patienceMs?: number;
};

/** Free ports in a row for all parts, above those that people and services usually take. */
export async function freePorts(transcoders = 1): Promise<number> {
  for (;;) {
    const first = randomInt(20_000, 32_000); // below the ports that outgoing connections take
    if ((await takenPort(portsFrom(first, transcoders))) === null) return first;
  }
}

/** A shell, or a test run of the Worker, may have keys of Stripe's: a platform for tests is paid through the local double. */
const withoutStripe = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('STRIPE_')));

/** Starts `npm start`'s own program for tests: free ports, a data folder that nobody else has, no demo world unless asked for. */
export async function launch({
  data,
  args = ['--no-demo'],
  transcoders = 1,
  env = {},
  patienceMs = 180_000,
}: LaunchOptions = {}): Promise<Launched> {
  const port = await freePorts(transcoders);
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'engawa-data-')));
  const child = spawn(
    process.execPath,
    [join(root, 'ops/local/start.ts')].concat(
      ['--port', String(port), '--data', folder, '--transcoders', String(transcoders)],
      args,
    ),
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutStripe(process.env), ...env, NO_COLOR: '1' },
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
    if (!data) await rm(folder, { recursive: true, force: true });
  };
  const up = async () => {
    while (!said.includes('\nReady ')) await sleep(50);
  };
  const how = await Promise.race([up(), ended, sleep(patienceMs, 'late' as const, { ref: false })]);
  if (how !== undefined) {
    await stop();
    throw new Error(`the platform did not come up (${how}):\n${said}`);
  }
  return {
    origin: `http://localhost:${port}`,
    ports: portsFrom(port, transcoders),
    data: folder,
    pid: child.pid!,
    output: () => said,
    ended,
    stop,
  };
}
