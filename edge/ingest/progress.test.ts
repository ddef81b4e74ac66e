import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { JobState } from '../../schema/jobs/state.ts';
import { taskCost } from './costs.ts';
import { encodeTasks, type Part } from './next-tasks.ts';
import { planOf } from './plan.fixture.ts';
import { jobProgress, readyAt, type JobWork, type TaskProgress } from './progress.ts';

const PROBE: Part = { kind: 'probe', part: '' };
const SURVEY: Part = { kind: 'survey', part: '' };
const HEAD: Part = { kind: 'video-chunk', part: '0' };
const PACKAGE: Part = { kind: 'package', part: '' };

/** What chance decides of a job. */
type Luck = {
  chunks: number;
  lanes: number;
  /** Against the costs' own machine. */
  speed: number;
  /** How much longer than expected each task takes, and where its first attempt breaks off (1: it does not). */
  tasks: { factor: number; breaks: number }[];
};
const luck: fc.Arbitrary<Luck> = fc.record({
  chunks: fc.integer({ min: 2, max: 40 }),
  lanes: fc.integer({ min: 1, max: 12 }),
  speed: fc.double({ min: 0.2, max: 8, noNaN: true }),
  tasks: fc.array(
    fc.record({
      factor: fc.double({ min: 0.7, max: 1.5, noNaN: true }),
      breaks: fc.oneof(
        { weight: 9, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.double({ min: 0.05, max: 0.95, noNaN: true }) },
      ),
    }),
    { minLength: 50, maxLength: 50 },
  ),
});

const exactPlan = (chunks: number): Plan => {
  const plan = planOf(chunks);
  const [rung] = plan.rungs;
  const sizes = [
    [640, 360],
    [1280, 720],
    [1920, 1080],
  ] as const;
  return {
    ...plan,
    rungs: sizes.map(([width, height]) => ({ ...rung!, id: `v${height}`, width, height })),
  };
};
/** What the quick look knows: the head, and how long it should be; one rung too many. */
const quickPlan = (plan: Plan): Plan => ({
  ...plan,
  rungs: [...plan.rungs, { ...plan.rungs[0]!, id: 'v1440', width: 2560, height: 1440 }],
  grid: plan.grid.slice(0, plan.chunks[0]!.segments),
  chunks: plan.chunks.slice(0, 1),
  source: { ...plan.source, duration: plan.source.duration * 0.9 },
  exact: false,
});

/** A job as it goes on transcoders with so many lanes; what the database says of it after every half second. */
function simulated({ chunks, lanes, speed, tasks: fates }: Luck): { work: JobWork; now: number }[] {
  const plan = exactPlan(chunks);
  type Sim = TaskProgress & { seconds: number; breaks: number; reached: number };
  let made = 0;
  const begin = (part: Part): Sim => {
    const { factor, breaks } = fates[made++ % fates.length]!;
    const seconds = (taskCost(part.kind, part.part, plan) * factor) / speed;
    return {
      ...part,
      state: 'queued',
      progress: 0,
      startedAt: null,
      finishedAt: null,
      seconds,
      breaks,
      reached: 0,
    };
  };
  const tasks: Sim[] = [begin(PROBE)];
  const seen: { work: JobWork; now: number }[] = [];
  let state: JobState = 'probing';
  let known: Plan | null = null;
  const add = (...parts: Part[]) => tasks.push(...parts.map(begin));
  const done = (kind: Part['kind']) => tasks.find((task) => task.kind === kind)?.state === 'done';
  const STEP = 0.5;
  for (let now = 0; state !== 'ready'; now += STEP * 1000) {
    for (const task of tasks) {
      if (task.state !== 'leased') continue;
      task.reached += STEP / task.seconds;
      if (task.reached >= task.breaks && task.breaks < 1) {
        Object.assign(task, { state: 'waiting', startedAt: null, breaks: 1, reached: 0 });
        continue;
      }
      task.progress = Math.min(1, Math.max(task.progress, task.reached));
      if (task.reached >= 1) Object.assign(task, { state: 'done', progress: 1, finishedAt: now });
    }
    if (!known && done('probe')) {
      known = quickPlan(plan);
      add(HEAD, SURVEY);
    } else if (known && !known.exact && done('survey')) {
      known = plan;
      state = 'encoding';
      add(...encodeTasks(plan).filter(({ kind, part }) => kind !== HEAD.kind || part !== HEAD.part));
    } else if (state === 'encoding' && tasks.every((task) => task.state === 'done')) {
      state = 'packaging';
      add(PACKAGE);
    } else if (state === 'packaging' && done('package')) state = 'ready';
    for (const task of tasks) {
      const free = lanes - tasks.filter((one) => one.state === 'leased').length;
      if (free > 0 && (task.state === 'queued' || task.state === 'waiting'))
        Object.assign(task, { state: 'leased', startedAt: now });
    }
    seen.push({ work: { state, plan: known, tasks: tasks.map((task) => ({ ...task })) }, now });
  }
  return seen;
}

describe('progress', () => {
  it('grows from nothing to one, whatever breaks off on the way', () => {
    fc.assert(
      fc.property(luck, (given) => {
        const shares = simulated(given).map(({ work }) => jobProgress(work));
        expect(shares[0]).toBe(0);
        expect(shares.at(-1)).toBe(1);
        for (const [i, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual(shares[i - 1] ?? 0);
        expect(Math.max(...shares.slice(0, -1))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('weighs a task by what it costs: the picture of a minute is more than its sound', () => {
    const plan = exactPlan(10);
    const row = (part: Part, progress: number): TaskProgress => ({
      ...part,
      state: progress === 1 ? 'done' : 'queued',
      progress,
      startedAt: null,
      finishedAt: null,
    });
    const withDone = (kind: string) =>
      jobProgress({
        state: 'encoding',
        plan,
        tasks: encodeTasks(plan).map((part) => row(part, part.kind === kind ? 1 : 0)),
      });
    expect(withDone('video-chunk')).toBeGreaterThan(0.8);
    expect(withDone('audio')).toBeLessThan(0.2);
  });
});

describe('the estimate', () => {
  const errors = (given: Luck, share: number) => {
    const seen = simulated(given);
    const end = seen.at(-1)!.now;
    const planned = seen.findIndex(({ work }) => work.plan !== null);
    const { work, now } = seen[planned + Math.floor((seen.length - 1 - planned) * share)]!;
    const estimate = readyAt(work, now);
    return estimate === null ? null : Math.abs(estimate - end) / end;
  };
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

  it('comes nearer the truth the longer the job has run', () => {
    const jobs = fc.sample(luck, { numRuns: 150, seed: 20261122 });
    const at = (share: number) => mean(jobs.flatMap((job) => errors(job, share) ?? []));
    const [early, half, late, last] = [at(0.1), at(0.5), at(0.8), at(0.97)] as const;
    expect(half).toBeLessThan(early);
    expect(late).toBeLessThan(half);
    expect(last).toBeLessThan(late);
    expect(half).toBeLessThan(0.25);
    expect(late).toBeLessThan(0.1);
    expect(last).toBeLessThan(0.03);
  });

  it('is never before now, and nearly right at the end of every job', () => {
    fc.assert(
      fc.property(luck, (given) => {
        for (const { work, now } of simulated(given))
          expect(readyAt(work, now) ?? Infinity).toBeGreaterThanOrEqual(now);
        expect(errors(given, 0.97) ?? 0).toBeLessThan(0.25);
      }),
      { numRuns: 60 },
    );
  });

  it('says nothing before the probe, while nobody works, and once it is over', () => {
    const plan = exactPlan(3);
    const tasks = encodeTasks(plan).map((part) => ({
      ...part,
      state: 'queued' as const,
      progress: 0,
      startedAt: null,
      finishedAt: null,
    }));
    expect(readyAt({ state: 'probing', plan: null, tasks: [] }, 0)).toBeNull();
    expect(readyAt({ state: 'encoding', plan, tasks }, 0)).toBeNull();
    const held = tasks.map((task) => ({ ...task, state: 'leased' as const, startedAt: 0 }));
    expect(readyAt({ state: 'encoding', plan, tasks: held }, 0)).toBeGreaterThan(0);
    expect(readyAt({ state: 'failed', plan, tasks: held }, 0)).toBeNull();
  });
});
