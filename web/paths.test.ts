import { expect, it } from 'vitest';
import { signInThen, to } from './paths.ts';

it('makes addresses from the table', () => {
  expect(to('home')).toBe('/');
  expect(to('title', { slug: 'kaze-no-iro' })).toBe('/titles/kaze-no-iro');
  expect(to('watch', { episode: 'ep_0123' })).toBe('/watch/ep_0123');
});

it('escapes what goes into an address', () => {
  expect(to('title', { slug: '../a b?' })).toBe('/titles/..%2Fa%20b%3F');
});

it('comes back after signing in', () => {
  expect(signInThen('/watch/ep_1?t=3')).toBe('/sign-in?next=%2Fwatch%2Fep_1%3Ft%3D3');
  expect(signInThen('/')).toBe('/sign-in');
});
