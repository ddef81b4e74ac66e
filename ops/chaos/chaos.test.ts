import { expect, test } from 'vitest';
import type { TaskKind } from '../../schema/jobs/state.ts';
import { chaos, type ChaosReport } from './chaos.ts';
import { killAtEndOf, killAtStartOf } from './faults.ts';

const kinds = [
  'probe',
  'survey',
  'video-chunk',
  'audio',
  'subtitles',
  'pictures',
  'package',
] as const satisfies TaskKind[];

/** Nothing is lost, nothing is wrong, nothing is left; a kill costs what was under way, and no more. */
const harm = ({ lost, wrong, orphans, cpu, faults }: ChaosReport) => {
  const kills = Object.values(faults).reduce((a, b) => a + b, 0);
  const allowed = 1.5 * cpu.undisturbed + kills * Math.max(1, cpu.chunk * 2); // a busy machine counts more
  return { lost, wrong, orphans, wasted: Math.max(0, cpu.spent - allowed) };
};
const none = { lost: [], wrong: [], orphans: [], wasted: 0 };

test('two transcoders share a job; whichever dies, at the start or the end of whatever step, nothing is lost', async () => {
  const only = kinds.flatMap((kind) => [
    killAtStartOf(kind),
    killAtEndOf(kind, 'before'),
    killAtEndOf(kind, 'after'),
  ]);
  const report = await chaos(only.length, { seed: 3, only });
  expect(harm(report)).toEqual(none);
  expect(report.faults).toEqual({ chosen: only.length });
}, 300_000);

test('any trouble at any moment: killed, frozen, store errors, a full disk', async () => {
  expect(harm(await chaos(14, { seed: 11 }))).toEqual(none);
}, 300_000);
