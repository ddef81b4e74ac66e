import { expect, it } from 'vitest';
import type { Id } from '../../schema/ids.ts';
import type { AssetAudience, Streams } from '../platform/streams.ts';
import { revokeAssets } from './revoke.ts';

it('ends what plays of each of many versions, also of those after one that does not answer, and says that one did not', async () => {
  const assets = Array.from({ length: 40 }, (_, n): Id<'asset'> => `ast_${n}`);
  const told: string[] = [];
  let [now, most] = [0, 0];
  const audience = (id: Id<'asset'>): AssetAudience => ({
    join: () => Promise.reject(new Error('not asked')),
    watching: () => Promise.reject(new Error('not asked')),
    async revoke(assetId, because) {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 1));
      now -= 1;
      if (id === 'ast_3') throw new Error('does not answer');
      told.push(`${assetId} ${because}`);
    },
  });
  const streams: Streams = {
    audience,
    account: () => {
      throw new Error('not asked');
    },
  };
  await expect(revokeAssets({ streams, now: () => 5 }, assets, 'taken-down')).rejects.toThrow(
    'does not answer',
  );
  const others = assets.filter((id) => id !== 'ast_3').map((id) => `${id} taken-down`);
  expect(told.toSorted()).toEqual(others.toSorted());
  expect(most).toBeLessThanOrEqual(6);
});
