import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Folders are named for the host and the process that works in them, so that what a killed one left can be told from what is in use:
 * in containers every process has the same number.
 */
const HOST = hostname().replaceAll(/[^a-zA-Z0-9.]/g, '.');
const NAME = new RegExp(`^task-${HOST.replaceAll('.', '\\.')}-(\\d+)-`);

/** What the names of a process's folders begin with. */
export const ownedBy = (pid: number): string => `task-${HOST}-${pid}-`;

export async function makeScratch(root: string): Promise<string> {
  await mkdir(root, { recursive: true });
  return mkdtemp(join(root, ownedBy(process.pid)));
}

/** Bytes of a task's files: now, and the most there were. */
export type Disk = { now: number; peak: number };

/** Bytes of everything under a folder. What is deleted meanwhile counts as nothing. */
export async function bytesUnder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) =>
      entry.isFile()
        ? stat(join(entry.parentPath, entry.name)).then(
            ({ size }) => size,
            () => 0,
          )
        : 0,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A task wrote more than it may: it would again, wherever it is tried. */
export class DiskLimit extends Error {
  override name = 'DiskLimit';
}

/**
 * Measures a scratch folder while somebody works in it. The signal aborts with a DiskLimit once it holds more than `limit`, so that
 * no task takes the disk from the others.
 */
export function watchScratch(
  folder: string,
  {
    limit,
    everyMs = 1_000,
    onMeasured,
  }: { limit: number; everyMs?: number; onMeasured: (disk: Disk) => void },
): { signal: AbortSignal; stop: () => void } {
  const over = new AbortController();
  let peak = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const measure = async () => {
    const now = await bytesUnder(folder);
    if (stopped) return;
    peak = Math.max(peak, now);
    onMeasured({ now, peak });
    if (now > limit)
      over.abort(
        new DiskLimit(
          `The task's files grew to ${now} bytes; ${limit} are allowed (DISK_LIMIT of the transcoder). ` +
            'Raise it where there is room, or encode with smaller settings.',
        ),
      );
    else timer = setTimeout(() => void measure(), everyMs);
  };
  void measure();
  return {
    signal: over.signal,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** At start: removes the folders of transcoders that are no more. How many there were. */
export async function sweepScratch(root: string): Promise<number> {
  const left = (await readdir(root).catch(() => [])).filter((name) => {
    const pid = Number(NAME.exec(name)?.[1] ?? 0);
    return pid > 0 && (pid === process.pid || !isAlive(pid)); // our own number was somebody else's before
  });
  for (const name of left) await rm(join(root, name), { recursive: true, force: true });
  return left.length;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
