import { expect, it } from 'vitest';
import { bestLocale } from './locale.ts';

it.each([
  ['ja-JP,ja;q=0.9,en;q=0.8', ['en', 'ja'], 'ja'],
  ['fr;q=0.4, de-AT;q=0.9', ['de', 'en', 'fr'], 'de'],
  ['fr', ['ja', 'en'], 'en'],
  ['fr', ['ja', 'es'], 'ja'],
  ['fr', ['es'], 'es'],
  ['ja;q=0, en', ['ja', 'en'], 'en'],
  ['*', ['de', 'en'], 'en'],
  [';;,q=;ja;q=x', ['en'], 'en'],
  [null, ['ja', 'en'], 'en'],
  ['en', [], null],
])('%s of %j → %s', (header, available, best) => expect(bestLocale(available, header)).toBe(best));
