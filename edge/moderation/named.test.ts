import { expect, it } from 'vitest';
import { namedBy } from './named.ts';

it.each([
  ['/titles/kaze-no-iro', { slug: 'kaze-no-iro' }],
  ['/titles/kaze-no-iro/', { slug: 'kaze-no-iro' }],
  ['/ja/titles/kaze-no-iro?from=search', { slug: 'kaze-no-iro' }],
  ['/watch/ep_00abcd?t=3', { episodeId: 'ep_00abcd' }],
  ['/fr/watch/ep_00abcd', { episodeId: 'ep_00abcd' }],
  ['/titles/kaze/similar', null],
  ['/images/abc.png', null],
  ['/titles/', null],
  ['/watch/ttl_00abcd', null],
])('%s', (path, named) => {
  expect(namedBy(path)).toEqual(named);
});
