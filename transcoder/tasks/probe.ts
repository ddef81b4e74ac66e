import { defaultSettings } from '../../schema/jobs/settings.ts';
import type { ProbeResult } from '../../schema/jobs/task.ts';
import { soundFault } from '../plan/audio/tracks.ts';
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
  const [fault] = streamsOf(seen.probed).flatMap((stream) => soundFault(stream) ?? []);
  if (fault) throw refuse('source-unreadable', fault);
  return { kind: 'probe', plan: makePlan(seen, { settings, chunkSeconds: run.settings.chunkSeconds }) };
}
