import { assert, double, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { follow, stepped, TOGETHER_S } from './sync.ts';

it('whatever the distance, a follower ends up with its leader, and stays', () => {
  assert(
    property(double({ min: -30, max: 30, noNaN: true }), (apart) => {
      let leader = 100;
      let follower = leader + apart;
      for (let i = 0; i < 400; i++) {
        const told = follow(leader, follower, false);
        if (told.do === 'seek') follower = told.to;
        leader += 0.2;
        follower += 0.2 * (told.do === 'pace' ? told.rate : 1);
      }
      expect(Math.abs(leader - follower)).toBeLessThanOrEqual(TOGETHER_S);
    }),
  );
});

it('while they stand, they are brought together by a jump or left alone', () => {
  expect(follow(10, 10.01, true)).toEqual({ do: 'nothing' });
  expect(follow(10, 10.2, true)).toEqual({ do: 'seek', to: 10 });
});

it('steps picture by picture, there and back, never to one between', () => {
  const rate = [24_000, 1001] as const;
  const frame = (time: number) => Math.floor((time * rate[0]) / rate[1] + 1e-6);
  assert(
    property(integer({ min: 1, max: 40_000 }), (number) => {
      const start = (number * rate[1]) / rate[0];
      const next = stepped(start, 1, rate);
      expect(frame(next)).toBe(number + 1);
      expect(frame(stepped(next, -1, rate))).toBe(number);
    }),
  );
  expect(stepped(0, -1, rate)).toBe(0);
});
