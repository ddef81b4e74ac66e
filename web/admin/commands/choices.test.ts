import { expect, it } from 'vitest';
import { fits } from './choices.ts';

it.each([
  ['New title', 'new t', true],
  ['New title', 'TIT', true],
  ['New title', 'itle', false],
  ['Überblick', 'uber', true],
  ['作品一覧', '一覧', true],
  ['Titles', '', true],
])('%s, typed “%s”: %s', (name, typed, expected) => {
  expect(fits(name, typed)).toBe(expected);
});
