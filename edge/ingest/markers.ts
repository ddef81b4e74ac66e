import type { Id } from '../../schema/ids.ts';
import type { MarkersResult, TaskSpecOf } from '../../schema/jobs/task.ts';
import type { Package } from '../../schema/package.ts';
import { Problem } from '../http/problem.ts';
import { readPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import type { Outcome } from './fail-task.ts';
import { recordMarkers, seasonAssets } from './queries/markers.ts';
import type { JobLease } from './queries/tasks.ts';

const fingerprintOf = ({ audio }: Package) =>
  audio.find(({ facts }) => facts?.fingerprint)?.facts?.fingerprint ?? null;

/** Whether a season can learn anything of its openings and endings from this episode. */
export const isTelling = (pack: Package): boolean => fingerprintOf(pack) !== null || pack.chapters.length > 0;

/** What the transcoder compares: the season's episodes in their order, each by its present asset. */
export async function seasonEpisodes(
  { db, bucket }: Platform,
  episodeId: Id<'episode'>,
): Promise<TaskSpecOf<'markers'>['episodes']> {
  const all = [];
  // One after the other: a package is some hundred kilobytes, and a Worker has 128 MB.
  for (const { id, revision } of await seasonAssets(db, episodeId)) {
    const pack = await readPackage(bucket, id, revision);
    if (!pack) continue;
    const print = fingerprintOf(pack);
    all.push({
      assetId: id,
      duration: pack.duration,
      fingerprint: print && { key: pack.prefix + print.uri, secondsPerWord: print.secondsPerWord },
      chapters: pack.chapters,
      silence: pack.analysis.silence,
      black: pack.analysis.black,
    });
  }
  return all;
}

/** @throws Problem `invalid-request` for a marker that ends before it starts */
export async function compared(platform: Platform, lease: JobLease, result: MarkersResult): Promise<Outcome> {
  const wrong = result.episodes.flatMap(({ markers }) => markers).find(({ start, end }) => end <= start);
  if (wrong)
    throw new Problem('invalid-request', `A marker from ${wrong.start} s to ${wrong.end} s marks nothing.`);
  return (await recordMarkers(platform.db, lease, result, platform.now())) ? 'ok' : 'stale';
}
