import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeNext } from './next.ts';

it.each(['/', '/watch/ep_1?t=20#now', '/titles/%E7%B8%81'])('keeps %s', (path) => {
  expect(safeNext(path)).toBe(path);
});

it.each([
  null,
  undefined,
  '',
  'watch/ep_1',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  '/\n//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e/\\evil.example',
])('sends %j home', (next) => {
  expect(safeNext(next)).toBe('/');
});

it('never leaves the site, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((s) => `/${s}`),
        fc
          .array(fc.constantFrom('', '.', '..', '%2e', '\\', 'evil.example'))
          .map((steps) => `/${steps.join('/')}`),
      ),
      (next) => {
        expect(new URL(safeNext(next), 'https://engawa.test').origin).toBe('https://engawa.test');
      },
    ),
  );
});
