import { expect, test } from 'vitest';
import { rateAt } from './curves.ts';

const curve = {
  name: '',
  points: [
    { rate: 4000, score: 95 },
    { rate: 1000, score: 91 },
  ],
};

test('between two points a rate is found on the log scale; outside of them none is made up', () => {
  expect(rateAt(curve, 93)).toBeCloseTo(2000, 6);
  expect(rateAt(curve, 91)).toBeCloseTo(1000, 6);
  expect(rateAt(curve, 90)).toBeNull();
  expect(rateAt(curve, 96)).toBeNull();
});
