import { expect, it } from 'vitest';
import { countryCodes } from '../../../schema/countries.ts';
import { formats } from '../format.ts';
import { rights } from '../../i18n/admin/en-rights.ts';
import { translator } from '../../i18n/i18n.ts';
import { codesOf, countriesIn, groups, isWhole, namesOf, type Group } from './territories.ts';

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

it('says whole groups by their name, and the rest one by one', () => {
  const say = translator<typeof rights>(rights, 'en');
  expect(namesOf(say, english, ['JP', ...codesOf('eu'), 'NO'])).toBe('European Union, Japan, and Norway');
  expect(namesOf(say, english, codesOf('eu').slice(1))).not.toContain('Union');
  expect(namesOf(say, english, ['AU', 'NZ'])).toBe('Australia and New Zealand');
});
