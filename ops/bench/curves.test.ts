import { expect, test } from 'vitest';
import { rateAt, valueAt } from './curves.ts';

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

test('what else was measured is found between the same two points', () => {
  const cpu = [
    { score: 95, value: 20 },
    { score: 91, value: 12 },
  ];
  expect(valueAt(cpu, 94)).toBeCloseTo(18, 6);
  expect(valueAt(cpu, 90)).toBeNull();
});
