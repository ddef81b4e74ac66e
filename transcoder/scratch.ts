import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/** Folders are named for the process that works in them, so that what a killed one left can be told from what is in use. */
const NAME = /^task-(\d+)-/;

export async function makeScratch(root: string): Promise<string> {
  await mkdir(root, { recursive: true });
  return mkdtemp(join(root, `task-${process.pid}-`));
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
