import type { Plan } from '../../schema/jobs/plan.ts';
import type { TaskSpec, WrittenObject } from '../../schema/jobs/task.ts';
import type { Part } from './next-tasks.ts';

/** Gives the keys of some periods, as a task message carries them. */
export type Keys = (periods: readonly number[]) => Promise<Record<string, string>>;
type SpecOf = Part & {
  /** Null only before the probe. */
  plan: Plan | null;
  keyId: string | null;
  /** For `package`: everything the encode tasks reported. */
  objects: WrittenObject[];
};

/**
 * What a task is told to do. A chunk is given its own period's key only; what spans the episode is given all.
 * @throws where the rows contradict each other, which no message can mend
 */
export async function taskSpec({ kind, part, plan, keyId, objects }: SpecOf, keys: Keys): Promise<TaskSpec> {
  if (kind === 'probe') return { kind };
  if (!plan) throw new Error(`a task of kind ${kind} stands before its plan`);
  if (kind === 'pictures' || kind === 'survey') return { kind, plan };
  if (kind === 'markers') return { kind, episodes: [] };
  if (kind === 'video-chunk') {
    const chunk = plan.chunks.find(({ index }) => String(index) === part);
    if (!chunk) throw new Error(`the plan has no chunk ${part}`);
    return { kind, plan, chunk: chunk.index, keys: await keys([chunk.period]) };
  }
  const all = await keys(Array.from({ length: plan.periods }, (_, period) => period));
  return kind === 'package'
    ? { kind, plan, objects, reports: [], keyId, keys: all }
    : { kind, plan, rendition: part, keys: all };
}
