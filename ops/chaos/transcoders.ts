import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers } from '../local/answers.ts';
import { freePort } from '../local/ports.ts';

const MAIN = fileURLToPath(new URL('../../transcoder/main.ts', import.meta.url));
/** USER_HZ: what `/proc` counts CPU time in, on every Linux that Node runs on. */
const TICKS = 100;

/** One transcoder as a container has it: a process group that dies whole. */
export class Transcoder {
  readonly name: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: string;
  #child: ChildProcess | null = null;
  #port = 0;
  #spent = 0;

  constructor(name: string, folder: string, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.#log = join(folder, `${name}.log`);
    this.#env = { ...process.env, ...env, HOST: '127.0.0.1', SCRATCH_DIR: join(folder, name) };
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#port = await freePort();
    const child = spawn(process.execPath, [MAIN], {
      env: { ...this.#env, PORT: String(this.#port) },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(this.#log, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
    await answers(`${this.address}/health`, once(child, 'exit'));
  }

  /** The whole group at once, as when a container is killed. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    this.#child = null;
    this.#spent += await mediaCpu(child.pid);
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  /** Stopped (SIGSTOP), as by a host that has no CPU left for it; `wake` lets it go on as if nothing had been. */
  freeze(): void {
    if (this.#child?.pid) process.kill(-this.#child.pid, 'SIGSTOP');
  }
  wake(): void {
    if (this.#child?.pid) process.kill(-this.#child.pid, 'SIGCONT');
  }

  /** CPU seconds of all FFmpeg and ffprobe work so far, that of killed ones included. */
  async cpu(): Promise<number> {
    return this.#spent + (this.#child?.pid ? await mediaCpu(this.#child.pid) : 0);
  }
}

/** Time of a group leader's children: those it has waited for, and those that run. Its own (Node's start) is not media work. */
async function mediaCpu(leader: number): Promise<number> {
  let ticks = 0;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name, in brackets, may hold blanks: fields are counted from behind it (proc(5): pgrp is the 5th field).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    if (fields[2] !== leader) continue;
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    ticks += Number(pid) === leader ? childUser + childSystem : user + system + childUser + childSystem;
  }
  return ticks / TICKS;
}
