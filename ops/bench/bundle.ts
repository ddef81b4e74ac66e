import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measured } from '../check/budgets.ts';
import { buildWeb } from '../local/web.ts';
import { bounded, shown, type Figure } from './figure.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Size of what Cloudflare gets and of what a viewer's browser gets, and the Worker's start-up on this machine. */
export async function bundle(): Promise<Figure[]> {
  await buildWeb(root);
  const sizes = await measured(root);
  if (typeof sizes === 'string') throw new Error(sizes);
  const kilobytes = (name: string) => (sizes[name] ?? NaN) / 1000;
  return [
    bounded({ name: 'Worker, gzip', value: kilobytes('worker'), unit: 'kB' }, 490),
    shown({ name: 'Worker, start-up, CPU active', value: await startUp(), unit: 'ms' }),
    bounded(
      {
        name: 'script of a catalogue page, gzip',
        value: kilobytes('catalogue page with islands'),
        unit: 'kB',
      },
      15,
    ),
  ];
}

/** Active CPU of the Worker's start-up, ms, by wrangler's own profile of it. */
async function startUp(): Promise<number> {
  const out = await mkdtemp(join(tmpdir(), 'engawa-bench-'));
  try {
    const { stdout } = await run('wrangler', [
      'check',
      'startup',
      '--args=--env= --containers-rollout=none',
      '--outfile',
      join(out, 'startup.cpuprofile'),
    ]);
    const active = /Active: ([\d.]+) ms/.exec(stdout)?.[1];
    if (!active) throw new Error(`wrangler check startup said no time:\n${stdout}`);
    return Number(active);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
