import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeSettings } from '../../schema/jobs/settings.ts';
import type { SurveyResult } from '../../schema/jobs/task.ts';
import { readPackets } from '../ffmpeg/probe.ts';
import { secondsOf } from '../plan/grid.ts';
import { headStands } from '../plan/source/head-stands.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { DecodedPicture } from '../plan/source/fields.ts';
import { sourceWentAway } from '../plan/source/input.ts';
import { endsEarly, Timeline } from '../plan/source/timeline.ts';
import { measureLadder } from './measure-ladder.ts';
import {
  decodesAt,
  MANY_PACKETS,
  openSource,
  refuse,
  tooLong,
  wentAway,
  type OpenedSource,
} from './open-source.ts';
import { TaskProblem, type TaskRun } from './task.ts';

/** Reads the whole source, while its head is encoded by the quick look's plan, and says what stands of that. */
export async function survey(run: TaskRun<'survey'>): Promise<SurveyResult> {
  const quick = run.spec.plan;
  const plan = await exactPlan(run, await openSource(run), quick.settings);
  // Counted from what the head is being encoded in: that is what lies in the store.
  const kept = new Set(plan.rungs.map(({ id }) => id));
  const dropped = quick.rungs.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
  const stands = headStands(quick, plan);
  return { kind: 'survey', plan: { ...plan, dropped, headAgain: !stands }, headStands: stands };
}

type Run = Pick<TaskRun, 'store' | 'message' | 'settings' | 'scratch' | 'signal' | 'report'>;

/** @throws TaskProblem for a file that breaks off, tells its times twice, does not decode to its end, or is too long */
async function exactPlan(run: Run, opened: OpenedSource, settings: EncodeSettings): Promise<Plan> {
  const { seen } = opened;
  const { timeline, log } = await readWhole(run, opened);
  const early = endsEarly(seen.probed, seen.film, timeline, log);
  if (early) throw refuse('source-truncated', `${early} Upload the whole file.`, log);
  if (timeline.setBack) throw clockSetBack(timeline.setBack);

  run.report(0.5, 'decoding here and there');
  const decoded = [...seen.decoded, ...(await decodesThroughout(opened, timeline))];
  const start = seen.decoded[0]!.time;
  const presented = timeline.from(start);
  const entries = timeline.entries(start);
  const { chunkSeconds } = run.settings;
  const plan = makePlan({ ...seen, presented, decoded, entries }, { settings, chunkSeconds });
  const seconds = secondsOf(plan.frames, plan.frameRate);
  if (seconds > run.settings.maxSourceSeconds) throw tooLong(run, seconds);
  return withMeasuredLadder(run, opened.url, plan);
}

/** Pictures of both sides would stand at the same times, and half of them be lost. */
const clockSetBack = ({ from, to }: NonNullable<Timeline['setBack']>): TaskProblem =>
  refuse(
    'source-unreadable',
    `Its clock is set back in the middle, from ${from.toFixed(1)} s to ${to.toFixed(1)} s, as in recordings that were cut or joined. ` +
      'Give it one timeline (ffmpeg -i FILE -map 0 -c copy FILE.mkv) and upload that.',
  );

async function withMeasuredLadder(run: Run, url: string, plan: Plan): Promise<Plan> {
  const report: Run['report'] = (progress, note) => run.report(0.7 + 0.3 * progress, note);
  const { rungs, dropped, notes } = await measureLadder({ ...run, url, report }, plan);
  return { ...plan, rungs, dropped, source: { ...plan.source, notes: [...plan.source.notes, ...notes] } };
}

async function readWhole(
  run: Run,
  { seen: { probed, film }, url, read }: OpenedSource,
): Promise<{ timeline: Timeline; log: string }> {
  const timeline = new Timeline(film.index);
  const claimed = Number(probed.format.duration ?? 0);
  const log = await readPackets(url, read, (packet) => {
    timeline.add(packet);
    if (packet.key && packet.stream === film.index && claimed > 0)
      run.report(
        0.5 * Math.min(1, timeline.end / claimed),
        `read ${timeline.end.toFixed(0)} s of the source`,
      );
  });
  if (sourceWentAway(log)) throw wentAway();
  return { timeline, log };
}

/** Pictures from the middle tell whether fields come later; those of the end have to decode. */
async function decodesThroughout(opened: OpenedSource, timeline: Timeline): Promise<DecodedPicture[]> {
  const { on, last } = timeline.keysAt([1 / 4, 1 / 2, 3 / 4]);
  // All at once: what they take is mostly starting a program and asking the store.
  const looks = [...on.map((key) => orNone(decodesNear(opened, key))), decodesNear(opened, last)];
  return (await Promise.all(looks)).flat();
}

/** Containers without an index land behind the keyframe asked for; an earlier place, and more packets, find it. */
async function decodesNear(opened: OpenedSource, key: number): Promise<DecodedPicture[]> {
  const { index } = opened.seen.film;
  const there = await orNone(decodesAt(opened, index, key));
  return there.length > 0 ? there : decodesAt(opened, index, Math.max(0, key - 2), MANY_PACKETS);
}

const orNone = (pictures: Promise<DecodedPicture[]>): Promise<DecodedPicture[]> =>
  pictures.catch((error: unknown) => {
    if (error instanceof TaskProblem) return [];
    throw error;
  });
