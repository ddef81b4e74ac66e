import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { efficiency, makespan, type SimulatedTask } from './simulate.ts';

const job: SimulatedTask[] = [
  { name: 'a task', rank: 1, seconds: 1, after: [] },
  { name: 'a task', rank: 1, seconds: 4, after: [0] },
  { name: 'a task', rank: 1, seconds: 4, after: [0] },
  { name: 'a task', rank: 1, seconds: 2, after: [1, 2] },
];

test('tasks wait for what they need and for a free core', () => {
  expect(makespan([job], 1)).toBe(11);
  expect(makespan([job], 2)).toBe(7);
  expect(makespan([job], 64)).toBe(7);
  expect(makespan([job, job], 4)).toBe(7);
});

test('never quicker than the work shared out, nor than the longest chain; never slower with one core than the sum', () => {
  const jobs = fc.array(
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }).map((all) =>
      all.map((seconds, i): SimulatedTask => ({
        name: 'a task',
        rank: 1,
        seconds,
        after: i === 0 ? [] : [0],
      })),
    ),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(jobs, fc.integer({ min: 1, max: 10 }), (all, workers) => {
      const work = all.flat().reduce((sum, { seconds }) => sum + seconds, 0);
      const took = makespan(all, workers);
      const chain = Math.max(
        ...all.map(([first, ...rest]) => first!.seconds + Math.max(0, ...rest.map((t) => t.seconds))),
      );
      expect(took).toBeGreaterThanOrEqual(Math.max(work / workers, chain) - 1e-9);
      expect(makespan(all, 1)).toBe(work);
      expect(efficiency(all, workers)).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});
