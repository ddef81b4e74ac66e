import { expect, it } from 'vitest';
import { at, placeAt } from './places.ts';

it.each([
  ['/admin', { name: 'overview', values: {} }],
  ['/admin/', { name: 'overview', values: {} }],
  ['/admin/titles/new', { name: 'new-title', values: {} }],
  ['/admin/titles/ttl_1', { name: 'title', values: { id: 'ttl_1' } }],
  ['/admin/titles/ttl_1/episodes/ep_2', { name: 'episode', values: { id: 'ttl_1', episode: 'ep_2' } }],
  ['/admin/jobs/%E0%A4%A', { name: 'job', values: { id: '%E0%A4%A' } }],
  ['/admin/titles/ttl_1/episodes', { name: 'title-part', values: { id: 'ttl_1', part: 'episodes' } }],
  ['/admin/titles/ttl_1/episodes/ep_2/more', null],
  ['/admin/nothing', null],
  ['/', null],
])('%s', (path, place) => {
  expect(placeAt(path)).toEqual(place);
});

it('makes addresses that lead back to their place', () => {
  const values = { id: 'a/b ü', episode: 'ep_2' };
  expect(placeAt(at('episode', values))).toEqual({ name: 'episode', values });
});
