import { expect, it } from 'vitest';
import { countryCodes } from '../../schema/countries.ts';
import { problems, problemType, type ProblemDocument } from '../../schema/problem.ts';
import { episodeDraft, episodeFields } from './episodes/episode-draft.ts';
import { listOf, problemAt, unplaced } from './form.ts';
import { fromLocal, toLocal } from './local-time.ts';
import { blankLicence, licenceDraft, newLicence } from './rights/licence-draft.ts';
import { anEpisode } from './titles/example.ts';
import { within } from './titles/picture-file.ts';
import { countryOf, standing } from './rights/territories.ts';
import { newTitle, titleChange } from './titles/title-draft.ts';
import { formats } from './format.ts';

const refusal: ProblemDocument = {
  type: problemType('invalid-request'),
  code: 'invalid-request',
  ...problems['invalid-request'],
  errors: [
    { pointer: '/names/main', detail: 'is empty' },
    { pointer: '/genres/2', detail: 'is too long' },
    { pointer: '/genres/4', detail: 'is empty' },
    { pointer: '/other', detail: 'is unknown' },
  ],
};

it('a problem is said at the field that made its value', () => {
  expect(problemAt(refusal, '/names/main')).toBe('is empty');
  expect(problemAt(refusal, '/genres')).toBe('is too long is empty');
  expect(problemAt(refusal, '/names/native')).toBeUndefined();
  expect(problemAt(refusal, '/name')).toBeUndefined(); // a name that only begins alike
  expect(problemAt(null, '/genres')).toBeUndefined();
});

it('a problem that no field shows is said beside the form', () => {
  expect(unplaced(refusal, ['/names/main', '/genres'])).toEqual(['/other: is unknown']);
});

it('words are separated by commas of any script, each once', () => {
  expect(listOf(' drama, slice of life、日常，drama,, ')).toEqual(['drama', 'slice of life', '日常']);
});

it('a change names what was edited and nothing else', () => {
  expect(titleChange({ '/names/native': '風 ', '/names/main': 'Kaze', '/synopsis/ja': '' })).toEqual({
    names: { native: '風', main: 'Kaze' },
    synopsis: { ja: null },
  });
  expect(titleChange({ '/year': '', '/genres': '', '/studio': ' ', '/cour': '', '/slug': 'kaze ' })).toEqual({
    year: null,
    genres: [],
    studio: null,
    cour: null,
    slug: 'kaze',
  });
  expect(titleChange({ '/year': '2026', '/kind': 'movie' })).toEqual({ year: 2026, kind: 'movie' });
  expect(titleChange({})).toEqual({});
});

it('a new title leaves out what is empty, but its name: the API says what it wants', () => {
  expect(newTitle({ '/names/main': 'Kaze', '/names/english': ' ', '/slug': '' })).toEqual({
    names: { main: 'Kaze' },
    draft: true,
  });
  expect(newTitle({ '/kind': 'ova' })).toEqual({ names: { main: '' }, kind: 'ova', draft: true });
});

it('an emptied field of an episode is taken away, a time keeps its minute', () => {
  const airsAt = new Date(2026, 3, 5, 22, 30).getTime();
  expect(toLocal(airsAt)).toBe('2026-04-05T22:30');
  expect(fromLocal('2026-04-05T22:30')).toBe(airsAt);
  expect([fromLocal(''), toLocal(null)]).toEqual([null, '']);
  expect(episodeFields({ '/name': '', '/airsAt': '2026-04-05T22:30', '/kind': 'recap' })).toEqual({
    name: null,
    airsAt,
    kind: 'recap',
  });
  const translations = { ja: { name: '風', synopsis: null } };
  expect(episodeDraft(anEpisode({ airsAt, synopsis: 'x', translations }))).toEqual({
    '/name': '',
    '/kind': 'story',
    '/airsAt': '2026-04-05T22:30',
    '/absoluteNumber': '',
    '/synopsis': 'x',
    '/translations/ja/name': '風',
    '/translations/ja/synopsis': '',
  });
  expect(
    episodeFields({
      '/translations/ja/name': '',
      '/translations/fr/synopsis': 'Le vent.',
      '/absoluteNumber': '7',
    }),
  ).toEqual({ translations: { ja: { name: null }, fr: { synopsis: 'Le vent.' } }, absoluteNumber: 7 });
});

const blank = blankLicence('Asia/Tokyo');
const everywhere = {
  season: null,
  episodeFrom: null,
  episodeTo: null,
  territories: { mode: 'exclude', countries: [] },
  startsAt: null,
  endsAt: null,
  models: ['free'],
  licensorId: null,
  maxHeight: null,
  audioLanguages: null,
  subtitleLanguages: null,
  earlyAccess: [],
  downloads: false,
};

it('a licence without limits is the whole world, for ever, for free', () => {
  expect(newLicence(blank)).toEqual(everywhere);
});

it('a licence by countries forgets the countries when the world is chosen again', () => {
  const some = { ...blank, '/territories/mode': 'include', '/territories/countries': 'JP,DE' };
  expect(newLicence(some).territories).toEqual({ mode: 'include', countries: ['JP', 'DE'] });
  expect(newLicence({ ...some, '/territories/mode': 'world' }).territories.countries).toEqual([]);
});

it('a licence that is amended begins with all that it says, in any zone', () => {
  const licence = {
    ...everywhere,
    season: 2,
    episodeFrom: 1,
    episodeTo: 12,
    territories: { mode: 'include' as const, countries: ['JP', 'DE'] },
    startsAt: Date.UTC(2026, 3, 1, 15),
    endsAt: Date.UTC(2027, 3, 1, 15),
    models: ['ads' as const, 'subscription' as const],
    licensorId: 'lsr_1' as const,
    maxHeight: 1080,
    audioLanguages: ['ja'],
    earlyAccess: [
      { plan: 'premium', ms: 86_400_000 },
      { plan: 'standard', ms: 5_400_000 },
    ],
    downloads: true,
  };
  const saved = {
    ...licence,
    id: 'lic_1' as const,
    titleId: 'ttl_1' as const,
    amends: null,
    endedAt: null,
    endedBecause: null,
    createdAt: 0,
  };
  for (const zone of ['UTC', 'Asia/Tokyo', 'America/New_York'])
    expect(newLicence(licenceDraft(saved, zone))).toEqual(licence);
  expect(licenceDraft(saved, 'Asia/Tokyo')['/startsAt']).toBe('2026-04-02T00:00');
});

it('finds a country by code or by name, in the language of the page', () => {
  expect(countryOf(' jp', formats('en'))).toBe('JP');
  expect(countryOf('germany', formats('en'))).toBe('DE');
  expect(countryOf('日本', formats('ja'))).toBe('JP');
  expect(countryOf('Atlantis', formats('en'))).toBeNull();
  expect(new Set(countryCodes).size).toBe(249);
});

it('a licence is in force from its start until just before its end', () => {
  const window = { startsAt: 10, endsAt: 20 };
  expect([9, 10, 19, 20].map((now) => standing(window, now))).toEqual(['coming', 'active', 'active', 'over']);
  expect(standing({ startsAt: null, endsAt: null }, 0)).toBe('active');
});

it('a picture is shrunk for its hash with its aspect, and never to nothing', () => {
  expect(within(1920, 1080, 100)).toEqual([100, 56]);
  expect(within(40, 20, 100)).toEqual([40, 20]);
  expect(within(5000, 2, 100)).toEqual([100, 1]);
});
