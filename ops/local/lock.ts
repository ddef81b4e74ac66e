import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Sentence } from './sentence.ts';

/** Where a running platform can be found, for the other commands. */
export type Running = { pid: number; origin: string };
const NOTE = 'running.json';

/**
 * Takes a data folder for this process. The lock is SQLite's own file lock: the operating system gives it back when
 * the process ends, however it ends, so there is no stale lock to clear.
 * @throws Sentence when another process has it
 */
export function lock(folder: string, origin: string): { release(): void } {
  const db = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    db.close();
    const other = running(folder);
    throw new Sentence(
      `Engawa is already running on ${folder}${other ? ` at ${other.origin} (process ${other.pid})` : ''}; stop it first, or give another folder with --data.`,
    );
  }
  writeFileSync(join(folder, NOTE), JSON.stringify({ pid: process.pid, origin } satisfies Running));
  return {
    release: () => {
      rmSync(join(folder, NOTE), { force: true });
      db.close();
    },
  };
}

/** What the platform on this data folder last said of itself; null when it was stopped. */
export function running(folder: string): Running | null {
  try {
    return JSON.parse(readFileSync(join(folder, NOTE), 'utf8')) as Running;
  } catch {
    return null;
  }
}
