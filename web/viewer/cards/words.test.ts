import { expect, it } from 'vitest';
import { episodeCard, titleCard } from '../../testing/catalog.ts';
import { here } from '../../testing/here.ts';
import { nativeName } from './names.tsx';
import { age, coming, languageList, languageName, minutes, season } from './words.ts';

it('says when a title began', () => {
  expect(season(here(), titleCard())).toBe('Spring 2026');
  expect(season(here(), titleCard({ cour: null }))).toBe('2026');
  expect(season(here(), titleCard({ year: null }))).toBeNull();
});

it('says what is known about an episode that does not play', () => {
  const airsAt = Date.UTC(2026, 0, 3, 20);
  expect(coming(here(), episodeCard({ airsAt }))).toBe('Airs Jan 3, 2026');
  expect(coming(here({ timeZone: 'Asia/Tokyo' }), episodeCard({ airsAt }))).toBe('Airs Jan 4, 2026');
  expect(coming(here({ now: airsAt }), episodeCard({ airsAt }))).toBe('In preparation');
  expect(coming(here(), episodeCard())).toBe('In preparation');
});

it('names ages, lengths and languages', () => {
  expect(age(here(), 'all')).toBe('All ages');
  expect(age(here(), '16')).toBe('Age 16 and up');
  expect(minutes(here(), 12)).toBe('1 min');
  expect(minutes(here(), 1430)).toBe('24 min');
  expect(languageList(here(), ['ja', 'pt-BR'])).toBe('Japanese, Brazilian Portuguese');
  expect(languageName('not a tag', 'en')).toBe('not a tag');
});

it('shows the Japanese name where it is another', () => {
  expect(nativeName(titleCard())).toBe('風の色');
  expect(nativeName(titleCard({ names: { main: 'A', native: 'A', english: null, local: null } }))).toBeNull();
});
