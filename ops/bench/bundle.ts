import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { bounded, shown, type Figure } from './figure.ts';
import { catalogueScripts } from './scripts.ts';

const run = promisify(execFile);

/** Size of what Cloudflare gets and of what a viewer's browser gets, and the Worker's start-up on this machine. */
export async function bundle(): Promise<Figure[]> {
  await run('vite', ['build', '--logLevel', 'error']);
  const out = await mkdtemp(join(tmpdir(), 'engawa-bench-'));
  try {
    await run('wrangler', ['deploy', '--dry-run', '--env=', '--containers-rollout=none', '--outdir', out]);
    const worker = gzipSync(await readFile(join(out, 'index.js')), { level: 9 }).length;
    const startup = await run('wrangler', [
      'check',
      'startup',
      '--args=--env= --containers-rollout=none',
      '--outfile',
      join(out, 'startup.cpuprofile'),
    ]);
    const active = /Active: ([\d.]+) ms/.exec(startup.stdout)?.[1];
    if (!active) throw new Error(`wrangler check startup said no time:\n${startup.stdout}`);
    const scripts = await catalogueScripts();
    return [
      bounded({ name: 'Worker, gzip', value: worker / 1000, unit: 'kB' }, 350),
      shown({ name: 'Worker, start-up, CPU active', value: Number(active), unit: 'ms' }),
      ...scripts.map(({ page, bytes }) =>
        bounded({ name: `script of ${page}, gzip`, value: bytes / 1000, unit: 'kB' }, 15),
      ),
    ];
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
