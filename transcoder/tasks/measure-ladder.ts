import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../schema/jobs/plan.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { chooseRungs, type Curve } from '../plan/video/hull.ts';
import { Mp4Error } from '../plan/mp4.ts';
import {
  compareSlice,
  curvesOf,
  encodeSlice,
  likenessFile,
  pays,
  probeEncodes,
  readSlice,
  slices,
  type SliceFacts,
} from '../plan/video/probe-encodes.ts';
import { sourceWentAway } from '../plan/source/input.ts';
import { StoreFailure } from '../storage/store.ts';
import type { TaskRun } from './task.ts';

/** Between so few rungs there is nothing to choose: the first and the top one always stay. */
const LEAST_CANDIDATES = 3;

/** @property dropped ids of candidates that are not worth having; `notes`, in words for the job log. */
export type MeasuredLadder = Pick<Plan, 'rungs' | 'dropped'> & { notes: string[] };

/**
 * Chooses the rungs of a title, of the plan's candidates, by probe encodes of a few slices spread over the film: at which sizes,
 * CRFs and caps (plan/video/hull.ts). A plan that asks for all of them, one with hardly any, and a film too short are not measured.
 * @param run `url` is the source's address; the scratch folder holds one slice at a time
 * @throws FfmpegFailure; StoreFailure where the source went away
 */
export async function measureLadder(
  run: Pick<TaskRun, 'settings' | 'scratch' | 'signal' | 'report'> & { url: string },
  plan: Plan,
): Promise<MeasuredLadder> {
  const runs = slices(plan);
  const { ladder } = plan.settings;
  const asked = ladder === 'measured' || (ladder === 'auto' && pays(plan));
  if (!asked || plan.rungs.length < LEAST_CANDIDATES || runs.length === 0)
    return { rungs: plan.rungs, dropped: [], notes: [] };
  const facts = new Map<string, SliceFacts[]>();
  for (const [i, slice] of runs.entries()) {
    run.report(i / runs.length, `measuring slice ${i + 1} of ${runs.length}`);
    for (const [file, found] of await measureSlice(run, plan, slice))
      facts.set(file, [...(facts.get(file) ?? []), found]);
  }
  if (facts.size === 0)
    return {
      rungs: plan.rungs,
      dropped: [],
      notes: ['No slice of the film could be measured; every rung is kept.'],
    };
  const curves = curvesOf(plan, facts);
  const rungs = chooseRungs(plan.rungs, curves);
  const kept = new Set(rungs.map(({ id }) => id));
  const dropped = plan.rungs.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
  return { rungs, dropped, notes: [noteOf({ rungs, dropped, curves, slices: runs.length })] };
}

/** None where no picture came of it: containers without a good index land behind a place they are asked for. */
async function measureSlice(
  { url, settings, scratch, signal }: Parameters<typeof measureLadder>[0],
  plan: Plan,
  slice: { first: number; frames: number },
): Promise<Map<string, SliceFacts>> {
  const how = { cwd: scratch, signal };
  const preset = plan.settings.preset ?? settings.preset;
  const { log } = await runFfmpeg(encodeSlice(plan, slice, { url, preset }), settings.ffmpeg, how);
  if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was measured');
  const found = new Map<string, SliceFacts>();
  const encodes = probeEncodes(plan);
  const files = await Promise.all(encodes.map(({ file }) => readFile(join(scratch, file))));
  try {
    const empty = files.some((file) => readSlice(file, '').key === 0);
    if (empty) return found;
  } catch (error) {
    if (error instanceof Mp4Error) return found; // a header and nothing else
    throw error;
  }
  await runFfmpeg(compareSlice(plan), settings.ffmpeg, how);
  for (const [i, encode] of encodes.entries()) {
    const likeness = await readFile(join(scratch, likenessFile(encode)), 'utf8');
    found.set(encode.file, readSlice(files[i]!, likeness));
  }
  return found;
}

function noteOf(
  made: Pick<MeasuredLadder, 'rungs' | 'dropped'> & { curves: readonly Curve[]; slices: number },
): string {
  const rungs = made.rungs.map(({ id, crf, maxrate }) => `${id} (CRF ${crf}, at most ${megabits(maxrate)})`);
  const points = made.curves.flatMap(({ height, probes }) =>
    probes.map(({ crf, rate, quality }) => `${height}@${crf} ${megabits(rate)} ${quality.toFixed(1)} dB`),
  );
  return (
    `The ladder was chosen by probe encodes of ${made.slices} slices (${points.join(', ')}): ${rungs.join(', ')}` +
    `${made.dropped.length > 0 ? `; not worth having: ${made.dropped.join(', ')}` : ''}.`
  );
}
const megabits = (rate: number): string => `${(rate / 1e6).toFixed(2)} Mbit/s`;
