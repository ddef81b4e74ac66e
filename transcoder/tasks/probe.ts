import { defaultSettings } from '../../schema/jobs/settings.ts';
import type { ProbeResult } from '../../schema/jobs/task.ts';
import { unmixable } from '../plan/audio/tracks.ts';
import { makePlan } from '../plan/make-plan.ts';
import { streamsOf } from '../plan/source/facts.ts';
import { amend } from './amend.ts';
import { openSource, refuse } from './open-source.ts';
import type { TaskRun } from './task.ts';

/**
 * A quick look at what the source is: refuses what cannot become an episode, and plans its head, so that it can be encoded while
 * the whole is surveyed. For an amendment, what is to be added is planned instead.
 */
export async function probe(run: TaskRun<'probe'>): Promise<ProbeResult> {
  const { amend: amendment, settings = defaultSettings } = run.spec;
  if (amendment) return amend(run, amendment);
  const { seen } = await openSource(run);
  const [unmixed] = streamsOf(seen.probed).flatMap((stream) => unmixable(stream) ?? []);
  if (unmixed) throw refuse('source-unreadable', unmixed);
  return { kind: 'probe', plan: makePlan(seen, { settings, chunkSeconds: run.settings.chunkSeconds }) };
}
