import { expect, it } from 'vitest';
import { rights as rightsEn } from './admin/en-rights.ts';
import { rights as rightsJa } from './admin/ja-rights.ts';
import { accountEn } from './account.en.ts';
import { accountJa } from './account.ja.ts';
import { playerEn } from './player.en.ts';
import { playerJa } from './player.ja.ts';
import { en } from './en.ts';
import { pickLanguage, translator, type Message } from './i18n.ts';
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
it.each([
  ['site', en, ja],
  ['player', playerEn, playerJa],
  ['account', accountEn, accountJa],
  ['rights', rightsEn, rightsJa],
] as const)('takes the same values in both languages: %s', (_name, english, japanese) => {
  const other: Record<string, Message> = japanese;
  for (const [key, message] of Object.entries(english))
    expect([key, values(other[key]!)]).toEqual([key, values(message)]);
});

it.each([
  [null, 'en'],
  ['', 'en'],
  ['ja', 'ja'],
  ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
  ['en;q=0.5, ja;q=0.9', 'ja'],
  ['fr-FR, en;q=0.8, ja;q=0.7', 'en'],
  ['ja;q=0, en', 'en'],
  ['*', 'en'],
  ['JA', 'ja'],
  ['jav', 'en'],
])('reads %j as %s', (header, language) => {
  expect(pickLanguage(header)).toBe(language);
});
