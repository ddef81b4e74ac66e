import { expect, it } from 'vitest';
import { rights as rightsEn } from './admin/en-rights.ts';
import { rights as rightsJa } from './admin/ja-rights.ts';
import { player as playerDe } from './de/player.ts';
import { player as playerEs } from './es/player.ts';
import { allFamilies, catalogueOf } from './families.ts';
import { player as playerFr } from './fr/player.ts';
import { player as playerPt } from './pt/player.ts';
import { playerEn } from './player.en.ts';
import { playerJa } from './player.ja.ts';
import { en } from './en.ts';
import { catalogues, languages, pickLanguage, translator, type Message, type UiLanguage } from './i18n.ts';
import { ja } from './ja.ts';

const t = translator(en, 'en');

it('puts values into sentences, numbers as the language writes them', () => {
  expect(t('title.season', { number: 2 })).toBe('Season 2');
  expect(t('title.playable', { count: 1200 })).toBe('1,200 episodes');
  expect(t('cour.spring', { year: '2026' })).toBe('Spring 2026');
});

it('chooses the plural form', () => {
  expect(t('title.playable', { count: 1 })).toBe('1 episode');
  expect(t('title.playable', { count: 0 })).toBe('0 episodes');
  expect(translator(ja, 'ja')('title.playable', { count: 1 })).toBe('全1話配信中');
});

it('is checked by the compiler', () => {
  // @ts-expect-error there is no such message
  expect(() => t('home.nothing')).toThrow(TypeError);
  // @ts-expect-error the value is missing
  expect(t('title.season')).toBe('Season ');
});

const values = (message: Message) => {
  const text = typeof message === 'string' ? message : message.other;
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
};
type Catalogue = Readonly<Record<string, Message>>;
const player: Record<UiLanguage, Catalogue> = {
  en: playerEn,
  ja: playerJa,
  es: playerEs,
  fr: playerFr,
  de: playerDe,
  pt: playerPt,
};
/** Every catalogue of the viewer's site in one language, by its name. */
const all = async (language: UiLanguage): Promise<Record<string, Catalogue>> => ({
  site: await catalogues[language](),
  player: player[language],
  ...Object.fromEntries(
    await Promise.all(
      allFamilies.map(
        async (family) => [family, (await catalogueOf(family, language)) as Catalogue] as const,
      ),
    ),
  ),
});
it.each(languages.filter((language) => language !== 'en'))(
  'takes the same values as English, and leaves nothing out: %s',
  async (language) => {
    const [english, other] = [await all('en'), await all(language)];
    for (const [name, messages] of Object.entries(english)) {
      expect(Object.keys(other[name]!).sort()).toEqual(Object.keys(messages).sort());
      for (const [key, message] of Object.entries(messages)) {
        expect([name, key, values(other[name]![key]!)]).toEqual([name, key, values(message)]);
        expect([name, key, JSON.stringify(other[name]![key]).length > 2]).toEqual([name, key, true]);
      }
    }
  },
);

it('takes the same values in the dashboard’s two languages', () => {
  const japanese: Catalogue = rightsJa;
  for (const [key, message] of Object.entries(rightsEn as Catalogue))
    expect([key, values(japanese[key]!)]).toEqual([key, values(message)]);
});

it.each([
  [null, 'en'],
  ['', 'en'],
  ['ja', 'ja'],
  ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
  ['en;q=0.5, ja;q=0.9', 'ja'],
  ['fr-FR, en;q=0.8, ja;q=0.7', 'fr'],
  ['ko-KR, en;q=0.8, ja;q=0.7', 'en'],
  ['pt-BR', 'pt'],
  ['pt-PT, es;q=0.9', 'pt'],
  ['es-419,es;q=0.9', 'es'],
  ['de-AT', 'de'],
  ['ja;q=0, en', 'en'],
  ['*', 'en'],
  ['JA', 'ja'],
  ['jav', 'en'],
])('reads %j as %s', (header, language) => {
  expect(pickLanguage(header)).toBe(language);
});
