import type { JobCard } from '../../schema/api/ingest.ts';
import { isOver, type JobState, type TaskState } from '../../schema/jobs/state.ts';

/** What a task's note says while it waits for a transcoder. */
export const waitingFor = {
  busy: 'Waits for a transcoder with room.',
  unreachable: 'The transcoder does not answer.',
} as const;

type Waiting = { state: TaskState; failures: number; dueAt: number; note: string | null };

/**
 * Why nobody works on a job; null where somebody does, or it is over. The worst of its tasks' reasons: a transcoder that does not answer
 * is one that somebody may have to look after.
 */
export function waitOf(
  { state, tasks }: { state: JobState; tasks: readonly Waiting[] },
  now: number,
): JobCard['waits'] {
  if (isOver(state) || tasks.some((task) => task.state === 'leased')) return null;
  const open = tasks.filter((task) => task.state === 'waiting' || task.state === 'queued');
  if (open.some(({ note }) => note === waitingFor.unreachable)) return { for: 'contact', until: null };
  if (open.some(({ note }) => note === waitingFor.busy)) return { for: 'transcoder', until: null };
  const ready = open.filter((task) => task.state === 'queued' || task.dueAt <= now);
  if (ready.length > 0) return { for: 'turn', until: null };
  const next = Math.min(...open.map(({ dueAt }) => dueAt));
  const failed = open.some(({ failures }) => failures > 0);
  return Number.isFinite(next)
    ? { for: failed ? 'retry' : 'another', until: next }
    : { for: 'turn', until: null };
}
