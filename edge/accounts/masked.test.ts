import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { masked } from './masked.ts';

it.each([
  ['mio.akiyama@example.com', 'mi…@example.com'],
  ['mio@example.com', 'm…@example.com'],
  ['m@example.com', '…@example.com'],
  ['"a@b"@example.com', '"a…@example.com'],
  ['user_2abc', '…'],
])('%s is %s', (email, shown) => expect(masked(email)).toBe(shown));

it('never says all of what stands before the @', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      const local = email.slice(0, email.lastIndexOf('@'));
      const [shown = ''] = masked(email).split('…');
      expect(local.startsWith(shown)).toBe(true);
      expect(shown.length).toBeLessThan(local.length);
    }),
  );
});
