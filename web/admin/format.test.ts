import { expect, it } from 'vitest';
import { formats } from './format.ts';

const en = formats('en');

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [4_500_000, '4.5 MB'],
  [45_600_000, '46 MB'],
  [1_400_000_000, '1.4 GB'],
  [2e15, '2,000 TB'],
])('%i bytes', (count, text) => {
  expect(en.bytes(count)).toBe(text);
});

it('is at one hundred percent only when it is', () => {
  expect([0, 0.996, 0.9999, 1].map(en.percent)).toEqual(['0%', '99%', '99%', '100%']);
});

it.each([
  [0, '0 sec'],
  [0.31, '0.3 sec'],
  [59.6, '1 min'],
  [65, '1 min 5 sec'],
  [3_600, '1 hr'],
  [4_805, '1 hr 20 min'],
])('%d seconds', (seconds, text) => {
  expect(en.duration(seconds)).toBe(text);
});

it('tells times by their distance, and by date once that says more', () => {
  const now = Date.UTC(2026, 10, 22);
  expect(en.ago(now - 5_000, now)).toBe('5 seconds ago');
  expect(en.ago(now + 90_000, now)).toBe('in 1 minute');
  expect(en.ago(now - 3 * 86_400_000, now)).toBe('3 days ago');
  expect(en.ago(now - 30 * 86_400_000, now)).toMatch(/2026/);
});

it('a code that is no language is shown as it is', () => {
  expect([en.language('ja'), en.language('x_!'), en.country('JP'), en.country('??')]).toEqual([
    'Japanese',
    'x_!',
    'Japan',
    '??',
  ]);
});
