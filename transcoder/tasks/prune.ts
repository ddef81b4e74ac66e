import type { TaskRun } from './task.ts';

/** S3 deletes at most so many in one request. */
const AT_ONCE = 1000;
/** A job leaves some hundred strays at the worst; more are somebody else's, and are not touched by the thousand. */
const MOST = 20_000;

/**
 * Removes what nobody named: segments of attempts that were killed and then planned otherwise, the head's segments of rungs that
 * were dropped. A first job looks at everything but what amendments made, an amendment at its own only; and the edge is asked
 * right before whether the task is still ours, so that an attempt that was overtaken deletes nothing.
 * @param named keys relative to the task's output
 * @returns how many were removed
 */
export async function prune(run: TaskRun<'package'>, named: ReadonlySet<string>): Promise<number> {
  const { store, message, signal, spec } = run;
  const { output } = message;
  const prefix = spec.amend ? `${output}r${spec.amend.change.number}-` : output;
  const strays: string[] = [];
  for await (const page of store.list(prefix, { signal })) {
    for (const key of page) {
      const own = key.slice(output.length);
      if (!named.has(own) && (spec.amend || !/^r\d+-/.test(own))) strays.push(key);
    }
    if (strays.length >= MOST) break;
  }
  if (strays.length === 0) return 0;
  await run.confirm();
  for (let i = 0; i < strays.length; i += AT_ONCE)
    await store.remove(strays.slice(i, i + AT_ONCE), { signal });
  return strays.length;
}
