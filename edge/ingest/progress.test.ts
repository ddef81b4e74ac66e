import { expect, it } from 'vitest';
import { jobProgress } from './progress.ts';

it('grows from nothing to one', () => {
  const probe = { kind: 'probe', sum: 1, count: 1 } as const;
  const steps = [
    jobProgress('queued', [{ kind: 'probe', sum: 0, count: 1 }]),
    jobProgress('probing', [{ kind: 'probe', sum: 0.5, count: 1 }]),
    jobProgress('encoding', [probe, { kind: 'video-chunk', sum: 0, count: 3 }]),
    jobProgress('encoding', [
      probe,
      { kind: 'video-chunk', sum: 1.5, count: 3 },
      { kind: 'audio', sum: 1, count: 1 },
    ]),
    jobProgress('packaging', [
      probe,
      { kind: 'video-chunk', sum: 3, count: 3 },
      { kind: 'package', sum: 0.5, count: 1 },
    ]),
    jobProgress('ready', []),
  ];
  expect(steps[0]).toBe(0);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(1);
  expect(steps.at(-2)).toBeLessThan(1);
});
