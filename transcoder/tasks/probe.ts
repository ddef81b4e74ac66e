import { defaultSettings } from '../../schema/jobs/settings.ts';
import type { ProbeResult } from '../../schema/jobs/task.ts';
import { makePlan } from '../plan/make-plan.ts';
import { amend } from './amend.ts';
import { openSource } from './open-source.ts';
import { exactPlan } from './survey.ts';
import type { TaskRun } from './task.ts';

/**
 * A quick look at what the source is: refuses what cannot become an episode, and plans its head, so that it can be encoded while
 * the whole is surveyed. An edge that names no settings asks for no survey either; its plan is made exact here.
 */
export async function probe(run: TaskRun<'probe'>): Promise<ProbeResult> {
  if (run.spec.amend) return amend(run, run.spec.amend);
  const { settings } = run.spec;
  const opened = await openSource(run);
  const { chunkSeconds } = run.settings;
  const plan = settings
    ? makePlan(opened.seen, { settings, chunkSeconds })
    : await exactPlan(run, opened, defaultSettings);
  return { kind: 'probe', plan };
}
