import { describe, expect, it } from 'vitest';
import { against, bounded, equal, median } from './figure.ts';

describe('figures', () => {
  it('judge by the ratio to a baseline of the same run', () => {
    const of = { name: 'pipeline', value: 108, unit: 's' };
    expect(against(of, { name: 'one process', value: 100 }, 1.1)).toMatchObject({ ratio: 1.08, met: true });
    expect(against(of, { name: 'one process', value: 90 }, 1.1).met).toBe(false);
  });
  it('judge by a bound, the bound included', () => {
    expect(bounded({ name: 'rows', value: 3, unit: 'rows' }, 3).met).toBe(true);
    expect(bounded({ name: 'rows', value: 4, unit: 'rows' }, 3).met).toBe(false);
  });
  it('judge by equality', () => {
    expect(equal({ name: 'frames', value: 239, unit: '' }, { name: 'source', value: 240 }).met).toBe(false);
  });
  it('take the median of odd and even numbers of runs', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});
