import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomForCode, roomForEngine, type Line } from './start-pace.ts';

const slow: Line = { bandwidth: 1.6e6, latency: 0.15, rate: 0.95e6 };
const fast: Line = { bandwidth: 8e6, latency: 0.04, rate: 0.95e6 };

it('fetches the player after the first segment of a good line, and after some seconds of a slow one', () => {
  expect(roomForCode(1.8, fast)).toBe(true);
  expect([roomForCode(1.8, slow), roomForCode(3, slow)]).toEqual([false, true]);
});
it('hands over when what is buffered outlasts a segment of hls.js', () => {
  expect(roomForEngine(1.8, fast)).toBe(true);
  expect([roomForEngine(4, slow), roomForEngine(4.5, slow)]).toEqual([false, true]);
});
it('never waits for longer on a better line', () => {
  const of = fc.record({
    bandwidth: fc.double({ min: 1e5, max: 1e8, noNaN: true }),
    latency: fc.double({ min: 0, max: 2, noNaN: true }),
    rate: fc.double({ min: 1e5, max: 1e7, noNaN: true }),
  });
  const better = (line: Line) => ({ ...line, bandwidth: line.bandwidth * 2, latency: line.latency / 2 });
  for (const room of [roomForCode, roomForEngine])
    expect(() =>
      fc.assert(
        fc.property(of, fc.double({ min: 0, max: 30, noNaN: true }), (line, ahead) => {
          fc.pre(room(ahead, line));
          return room(ahead, better(line));
        }),
      ),
    ).not.toThrow();
});
