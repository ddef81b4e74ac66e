import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { slugChoices, slugOf } from './slug.ts';

it.each([
  ['Yuugure no Engawa', 'yuugure-no-engawa'],
  ['Kōchō wa Ō-sama', 'kocho-wa-o-sama'],
  ["Shin'ya Radio: Re-Run!!", 'shinya-radio-re-run'],
  ['Straße der Œuvres', 'strasse-der-oeuvres'],
  ['夜のＴＯＫＹＯ ２', 'tokyo-2'],
  ['がっこう', ''],
])('%s → %s', (name, slug) => expect(slugOf(name)).toBe(slug));

it('falls back to the English name, then to the id', () => {
  expect(slugChoices({ main: '縁側', english: 'The Veranda' }, 'ttl_abc', 3)).toEqual([
    'the-veranda',
    'the-veranda-2',
    'the-veranda-3',
    'the-veranda-abc',
  ]);
  expect(slugChoices({ main: '縁側', english: null }, 'ttl_abc', 1)).toEqual(['abc', 'abc-abc']);
});

it('always makes addresses that the schema takes, each once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ maxLength: 200 }),
      (main, english) => {
        const choices = slugChoices({ main, english }, 'ttl_01hzx3k9q2');
        for (const slug of choices) expect(slug).toMatch(/^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(new Set(choices).size).toBe(choices.length);
      },
    ),
  );
});
