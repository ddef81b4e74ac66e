import { describe, expect, it } from 'vitest';
import { bitrates } from './bitrate.ts';

const segments = (...list: [duration: number, bytes: number][]) =>
  list.map(([duration, bytes], i) => ({ uri: `${i}`, duration, bytes, period: 0 }));

describe('bitrates', () => {
  it('looks at runs of half to one and a half target durations', () => {
    // Target 6 s. The first 2 s alone are too short to count; with the next 2 s they make 4 s.
    expect(bitrates(segments([2, 1000], [2, 200], [6, 900]))).toEqual({
      bandwidth: 2400, // 1200 bytes in 4 s
      averageBandwidth: 1680,
    });
  });
  it('of one short segment is its own', () => {
    expect(bitrates(segments([0.5, 100]))).toEqual({ bandwidth: 1600, averageBandwidth: 1600 });
  });
});
