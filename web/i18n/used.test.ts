import { expect, it } from 'vitest';
import { allFamilies, catalogueOf } from './families.ts';
import { en } from './en.ts';
import { playerEn } from './player.en.ts';

/** The site's own code, the words themselves and tests apart. */
const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '../../edge/pages/**/*.ts', '!../dist/**', '!./**'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
  .filter(([path]) => !path.includes('.test.'))
  .map(([, text]) => text)
  .join('\n');

const literals = new Set([...sources.matchAll(/(['"])([\w.-]+)\1/g)].map(([, , text]) => text));
const prefixes = [...new Set([...sources.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, text]) => text!))];
/** Named as it stands, or put together from a prefix and one more word: `kind.${title.kind}`. */
const isUsed = (key: string) =>
  literals.has(key) ||
  prefixes.some((prefix) => key.startsWith(prefix) && !key.slice(prefix.length).includes('.'));

it.each([
  ['site', () => Promise.resolve(en)] as const,
  ['player', () => Promise.resolve(playerEn)] as const,
  ...allFamilies.map((family) => [family, () => catalogueOf(family, 'en')] as const),
])('shows every word that it has somewhere: %s', async (_, load) => {
  const keys = Object.keys(await load());
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});
