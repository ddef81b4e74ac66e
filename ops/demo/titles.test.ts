import * as v from 'valibot';
import { expect, test } from 'vitest';
import { EpisodeFields, NewTitle } from '../../schema/api/editing.ts';
import { demoTitles } from './titles.ts';
import { genres } from './titles/title.ts';

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

test('slugs and names are unique', () => {
  for (const key of [(t) => t.slug, (t) => t.names.main, (t) => t.names.native, (t) => t.synopsis.en] as ((
    t: (typeof demoTitles)[number],
  ) => string)[])
    expect(new Set(demoTitles.map(key)).size).toBe(demoTitles.length);
});

test.each(demoTitles.map((t) => [t.slug, t] as const))('%s is a title the API takes', (_, title) => {
  const { episodes, relations, ...fields } = title;
  expect(v.safeParse(NewTitle, fields).issues).toBeUndefined();
  expect(title.names.native).toMatch(japanese);
  expect(title.synopsis.ja).toMatch(/\p{Script=Hiragana}/u);
  expect(title.synopsis.en).not.toMatch(japanese);
  for (const genre of title.genres) expect(genres).toContain(genre);
  expect(episodes.length).toBeGreaterThan(0);
  for (const { name, synopsis, ja } of episodes) {
    expect(v.safeParse(EpisodeFields, { name, synopsis, translations: { ja } }).issues).toBeUndefined();
    expect(ja.name).toMatch(japanese);
    expect(Boolean(ja.synopsis)).toBe(Boolean(synopsis));
  }
  expect(title.people.length).toBeGreaterThan(0);
  for (const { to } of relations ?? []) expect(demoTitles.map(({ slug }) => slug)).toContain(to);
});

test('the world has something of everything: kinds, states, future episodes and two films', () => {
  expect(new Set(demoTitles.map((t) => t.kind)).size).toBe(5);
  expect(new Set(demoTitles.map((t) => t.status)).size).toBe(4);
  const episodes = demoTitles.flatMap((t) => t.episodes);
  expect(episodes.some((e) => (e.airs ?? 0) > 0)).toBe(true);
  expect(episodes.filter((e) => e.film).map((e) => e.film)).toEqual([1, 2]);
});
