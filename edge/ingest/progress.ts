import type { JobState, TaskKind } from '../../schema/jobs/state.ts';

/** Sum of progress (0 to 1 each) and number of a job's tasks of one kind. */
export type KindProgress = { kind: TaskKind; sum: number; count: number };

const PROBE = 0.04;
const PACKAGE = 0.08;

/** 0 to 1 over all tasks. What has not been planned yet counts as not done, so that it never runs backwards. */
export function jobProgress(state: JobState, kinds: readonly KindProgress[]): number {
  if (state === 'ready') return 1;
  let probe = 0;
  let pack = 0;
  const encode = { sum: 0, count: 0 };
  for (const { kind, sum, count } of kinds) {
    if (kind === 'probe') probe = sum;
    else if (kind === 'package') pack = sum;
    else {
      encode.sum += sum;
      encode.count += count;
    }
  }
  const encoded = encode.count > 0 ? encode.sum / encode.count : 0;
  return PROBE * probe + (1 - PROBE - PACKAGE) * encoded + PACKAGE * pack;
}
