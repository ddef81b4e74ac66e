import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Child = {
  /** Its exit code, once it has ended. */
  ended: Promise<number>;
  /** Asks it to end, and makes it after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};
export type ChildOptions = {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Everything it says goes to this file … */
  log: string;
  /** … and, line by line, here. */
  onLine?: (line: string) => void;
};

const leash = fileURLToPath(new URL('leash.ts', import.meta.url));
const alive = new Set<number>();

/** Starts a long-running part on a leash: it never outlives this process. */
export function startChild({ command, args, cwd, env, log, onLine }: ChildOptions): Child {
  const child = spawn(process.execPath, [leash, command, ...args], {
    cwd,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  });
  const file = createWriteStream(log, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    if (onLine) createInterface({ input: stream }).on('line', onLine);
  }
  child.stdin.on('error', () => undefined); // closed from the other side: `ended` tells
  const { pid } = child;
  if (pid) alive.add(pid);
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 137));
  }).finally(() => {
    if (pid) alive.delete(pid);
    file.end();
  });
  return {
    ended,
    async stop(graceMs) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => pid && killGroup(pid), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

const killGroup = (pid: number) => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it ended by itself meanwhile
  }
};
/** For whoever can't wait. */
export const killAll = (): void => alive.forEach(killGroup);
