import { expect, it } from 'vitest';
import { matches } from './log-search.ts';

it('finds every place in any letters, by block', () => {
  expect(matches(['Error one\nerror', 'none', 'an ERROR'], 'error')).toEqual([
    { block: 0, start: 0, end: 5 },
    { block: 0, start: 10, end: 15 },
    { block: 2, start: 3, end: 8 },
  ]);
  expect(matches(['anything'], '')).toEqual([]);
});

it('ten thousand lines are searched in no time, and of too many places the first are given', () => {
  const blocks = Array.from({ length: 50 }, () => 'frame= 100 fps=24\n'.repeat(200));
  const since = performance.now();
  expect(matches(blocks, 'fps')).toHaveLength(5_000);
  expect(performance.now() - since).toBeLessThan(500);
});

it('where another case has another length, places are still those of the text', () => {
  expect(matches(['İİ end'], 'end')).toEqual([{ block: 0, start: 3, end: 6 }]);
});
