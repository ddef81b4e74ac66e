import { expect, it } from 'vitest';
import { countryCodes } from '../../../schema/countries.ts';
import { formats } from '../format.ts';
import { codesOf, countriesIn, groups, isWhole, type Group } from './territories.ts';

const english = formats('en');

it.each([
  ['JP', ['JP'], []],
  ['jp, FR;de', ['JP', 'FR', 'DE'], []],
  ['JP FR DE', ['JP', 'FR', 'DE'], []],
  ['Japan\nFrance\r\nUnited States', ['JP', 'FR', 'US'], []],
  ['Japan\tFrance\tJapan', ['JP', 'FR'], []],
  ['(JP), "FR".', ['JP', 'FR'], []],
  ['日本、FR', ['FR'], ['日本']],
  ['JP, Atlantis', ['JP'], ['Atlantis']],
  ['', [], []],
])('reads %j', (text, known, unknown) => {
  expect(countriesIn(text, english)).toEqual({ known, unknown });
});

it('reads names in the reader’s language', () => {
  expect(countriesIn('日本、フランス', formats('ja')).known).toEqual(['JP', 'FR']);
});

it.each(Object.keys(groups) as Group[])('has countries alone in %s', (group) => {
  const codes = codesOf(group);
  expect(codes.filter((code) => !countryCodes.includes(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
  expect(isWhole(group, codes)).toBe(true);
  expect(isWhole(group, codes.slice(1))).toBe(false);
});
