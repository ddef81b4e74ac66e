import { expect, it } from 'vitest';
import { missing } from './checklist.ts';
import { aTitle, anEpisode } from './example.ts';
import { titleState } from './title-state.ts';

const NOW = 1_000;
const licence = { endedAt: null, endsAt: null };
const image = { src: '/images/a.webp', width: 800, height: 1200, thumbhash: null };
const whole = aTitle({
  names: { main: 'Kaze', native: '風', english: 'Wind', local: null },
  synopsis: { en: 'Wind.' },
  poster: image,
  backdrop: image,
  episodeList: [anEpisode({ assetId: 'ast_1' })],
});

it('says everything that a new title lacks', () => {
  expect(missing(aTitle({}), [], NOW)).toEqual([
    'names',
    'synopsis',
    'poster',
    'backdrop',
    'licence',
    'episode',
  ]);
});

it('finds nothing wrong with a whole one', () => {
  expect(missing(whole, [licence], NOW)).toEqual([]);
});

it.each([
  ['over', { endedAt: null, endsAt: NOW - 1 }, ['licence']],
  ['revoked', { endedAt: 1, endsAt: null }, ['licence']],
  ['to come', { endedAt: null, endsAt: NOW + 1 }, []],
])('a licence that is %s', (_, only, lacks) => {
  expect(missing(whole, [only], NOW)).toEqual(lacks);
});

it('an episode that is to be published later counts', () => {
  const episodeList = [anEpisode({ publishAssetId: 'ast_1', publishAt: NOW + 1 })];
  expect(missing({ ...whole, episodeList }, [licence], NOW)).toEqual([]);
});

it.each([
  [{ draft: false, publishAt: null, takenDownAt: null }, 'published'],
  [{ draft: true, publishAt: null, takenDownAt: null }, 'draft'],
  [{ draft: true, publishAt: 5, takenDownAt: null }, 'scheduled'],
  [{ draft: true, publishAt: 5, takenDownAt: 1 }, 'takenDown'],
])('%o is %s', (title, state) => {
  expect(titleState(title)).toBe(state);
});
