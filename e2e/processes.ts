import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process as Linux lists it (proc(5)). */
export type Process = { pid: number; parent: number; command: string };
export const line = ({ pid, command }: Process): string => `${pid} ${command}`;

async function read(pid: number): Promise<Process[]> {
  try {
    const [stat, words] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // The second field is a name in brackets, which may hold blanks; the fourth is the parent.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    // One that has ended and waits for its parent to notice has no words any more.
    return words ? [{ pid, parent, command: words.replaceAll('\0', ' ').trim() }] : [];
  } catch {
    return []; // it has ended meanwhile
  }
}

/** Everything that a process has started, and what that has started. */
export async function descendants(pid: number): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(pids.map((name) => read(Number(name))))).flat();
  const under = (parent: number): Process[] =>
    all.filter((process) => process.parent === parent).flatMap((child) => [child, ...under(child.pid)]);
  return under(pid);
}

/** Those that are still there after `graceMs`. */
export async function survivors(processes: readonly Process[], graceMs: number): Promise<Process[]> {
  const end = performance.now() + graceMs;
  for (;;) {
    const now = (await Promise.all(processes.map(({ pid }) => read(pid)))).flat();
    const alive = processes.filter((old) =>
      now.some((one) => one.pid === old.pid && one.command === old.command),
    );
    if (alive.length === 0 || performance.now() > end) return alive;
    await sleep(100);
  }
}
