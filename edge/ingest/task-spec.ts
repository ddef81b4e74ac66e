import type { Plan } from '../../schema/jobs/plan.ts';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import type { TaskSpec, TaskSpecOf } from '../../schema/jobs/task.ts';
import type { Package } from '../../schema/package.ts';
import type { Part } from './next-tasks.ts';
import type { Encoded, Work } from './queries/tasks.ts';

/** What a spec is made of besides its job: read only by the kinds that need it. */
export type Reads = {
  /** Keys of some periods, as a task message carries them. */
  keys(periods: readonly number[]): Promise<Record<string, string>>;
  /** What the job's encode tasks reported. */
  encoded(): Promise<Encoded[]>;
  /** Of an amendment: the plan and the present package of its asset. */
  basePlan(): Promise<Plan>;
  basePackage(): Promise<Package>;
  /** The season's episodes that have an asset. */
  season(): Promise<TaskSpecOf<'markers'>['episodes']>;
};

/**
 * What a task is told to do. A chunk is given its own period's key only; what spans the episode is given all.
 * @throws where the rows contradict each other, which no message can mend
 */
export async function taskSpec({ kind, part }: Part, work: Work, reads: Reads): Promise<TaskSpec> {
  const { plan, change } = work;
  if (kind === 'probe')
    return change
      ? { kind, amend: { plan: await reads.basePlan(), change } }
      : { kind, settings: work.settings ?? defaultSettings };
  if (kind === 'markers') return { kind, episodes: await reads.season() };
  if (!plan) throw new Error(`a task of kind ${kind} stands before its plan`);
  if (kind === 'pictures' || kind === 'survey') return { kind, plan };
  if (kind === 'video-chunk') {
    const chunk = plan.chunks.find(({ index }) => String(index) === part);
    if (!chunk) throw new Error(`the plan has no chunk ${part}`);
    return { kind, plan, chunk: chunk.index, keys: await reads.keys([chunk.period]) };
  }
  const keys = await reads.keys(Array.from({ length: plan.periods }, (_, period) => period));
  if (kind !== 'package') return { kind, plan, rendition: part, keys };
  return {
    kind,
    plan,
    ...reported(plan, await reads.encoded()),
    ...(change && { amend: amendment(await reads.basePackage(), change) }),
    keyId: work.asset.keyId,
    keys,
  };
}

/** What the encode tasks wrote and found out, without the rungs that the survey dropped after the head was begun. */
export function reported(
  { dropped }: Plan,
  encoded: readonly Encoded[],
): Pick<TaskSpecOf<'package'>, 'objects' | 'reports'> {
  const gone = new Set(dropped);
  return {
    objects: encoded
      .flatMap(({ result }) => result.objects)
      .filter(({ segment, init }) => !gone.has(segment?.rendition ?? init?.rendition ?? '')),
    reports: encoded.map(({ kind, part, result: { facts, warnings = [] } }) => ({
      kind,
      part,
      ...(facts && { facts }),
      // The part of a track's task is its rendition: its warnings go with it.
      warnings: warnings.map((warning) =>
        kind === 'audio' || kind === 'subtitles' ? { ...warning, rendition: part } : warning,
      ),
    })),
  };
}

/** An amendment that came first may have removed the same renditions: what is not there any more need not go. */
function amendment(base: Package, change: NonNullable<Work['change']>) {
  const there = new Set([...base.video, ...base.audio, ...base.subtitles].map(({ id }) => id));
  return { base, change: { ...change, remove: change.remove.filter((id) => there.has(id)) } };
}
