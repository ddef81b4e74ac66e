import { expect, it } from 'vitest';
import type { Message } from '../i18n.ts';

// The dashboard's words, held to its code and to each other: a family is a pair of files here, en-<family>.ts and ja-<family>.ts.

const sources = Object.entries(
  import.meta.glob<string>(['../../**/*.{ts,tsx}', '!../../dist/**', '!../../i18n/**'], {
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
/** Named as it stands, or put together from a prefix and what follows it: `kind.${title.kind}`. */
const isUsed = (key: string) => literals.has(key) || prefixes.some((prefix) => key.startsWith(prefix));

type Catalogue = Readonly<Record<string, Message>>;
const files = import.meta.glob<Record<string, Catalogue>>('./*-*.ts', { eager: true });
const catalogue = (language: 'en' | 'ja', family: string): Catalogue => {
  const [words] = Object.values(files[`./${language}-${family}.ts`] ?? {});
  if (!words) throw new Error(`there is no ${language}-${family}.ts`);
  return words;
};
const values = (message: Message) => {
  const text = typeof message === 'string' ? message : message.other;
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
};

const families = Object.keys(files).flatMap((path) => /^\.\/en-(.+)\.ts$/.exec(path)?.[1] ?? []);
it.each(families)('%s: every word is shown somewhere, and takes the same values in Japanese', (family) => {
  const [en, ja] = [catalogue('en', family), catalogue('ja', family)];
  expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
  expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
  for (const [key, message] of Object.entries(en))
    expect([key, values(ja[key]!)]).toEqual([key, values(message)]);
});
