import type { Change } from '../../schema/jobs/task.ts';

/**
 * Everything that a job may write, and nothing that another one wrote: what is deleted when it failed or was cancelled. An
 * amendment writes only renditions that are named after it: `r3-` is no beginning of `r30-`.
 */
export const ownPrefix = (assetPrefix: string, change: Pick<Change, 'number'> | null): string =>
  change === null ? assetPrefix : `${assetPrefix}r${change.number}-`;
