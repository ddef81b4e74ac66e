import { expect, it, vi } from 'vitest';
import { generation } from './generation.ts';
import type { Platform } from './platform.ts';

/** A site whose database is asked for its generation; each question is answered by hand. */
function site() {
  let now = 1_790_000_000_000;
  const answers: ((value: number) => void)[] = [];
  const from = () => new Promise((resolve) => answers.push((value) => resolve([{ value }])));
  const where = {
    db: { select: () => ({ from }) },
    now: () => now,
    settings: { catalogueBehindMs: 5_000 },
  } as unknown as Platform;
  return { where, answers, wait: (ms: number) => (now += ms) };
}
const never = () => undefined;

it('is looked at once for all who ask at the same moment, and the look outlives who began it', async () => {
  const { where, answers } = site();
  const later = vi.fn<(work: Promise<unknown>) => void>();
  const all = [1, 2, 3].map(() => generation(where, later));
  expect(answers).toHaveLength(1);
  expect(later).toHaveBeenCalledOnce(); // what nobody keeps alive ends with its request, and others would wait for ever
  answers[0]!(7);
  expect(await Promise.all(all)).toEqual([7, 7, 7]);
  expect(await generation(where, never)).toBe(7);
  expect(answers).toHaveLength(1);
});

it('is looked at anew where a look is not answered, also by those who come later', async () => {
  const { where, answers, wait } = site();
  void generation(where, never);
  wait(2_000);
  const next = generation(where, never);
  answers[1]!(8);
  expect(await next).toBe(8);
  answers[0]!(7); // late: what is newer stays
  await Promise.resolve();
  expect(await generation(where, never)).toBe(8);
});
