import type { MarkersResult } from '../../schema/jobs/task.ts';
import { wordsOf } from '../plan/markers/fingerprint.ts';
import { markersOf, type Episode } from '../plan/markers/markers.ts';
import { ObjectMissing } from '../storage/store.ts';
import type { TaskRun } from './task.ts';
import { inParallel } from './write.ts';

/** The skip markers of a season, from the fingerprints in the store: a few hundred kilobytes, and no FFmpeg (ADR 0030). */
export async function markers(run: TaskRun<'markers'>): Promise<MarkersResult> {
  const { episodes } = run.spec;
  run.report(0, `reading the fingerprints of ${episodes.length} episodes`);
  const heard = await inParallel(episodes, 4, async (episode): Promise<Episode> => {
    const { fingerprint } = episode;
    if (!fingerprint) return { ...episode, fingerprint };
    const words = await wordsIn(run, fingerprint.key);
    return { ...episode, fingerprint: words && { words, secondsPerWord: fingerprint.secondsPerWord } };
  });
  run.report(0.5, 'comparing the episodes');
  const found = markersOf(heard);
  return {
    kind: 'markers',
    episodes: episodes.map(({ assetId }, i) => ({ assetId, markers: found[i] ?? [] })),
  };
}

/** Null: the object is gone, since another version took the asset's place meanwhile; the others are compared without it. */
async function wordsIn({ store, signal }: TaskRun<'markers'>, key: string): Promise<Uint32Array | null> {
  try {
    return wordsOf(await store.get(key, { signal }));
  } catch (error) {
    if (error instanceof ObjectMissing) return null;
    throw error;
  }
}
