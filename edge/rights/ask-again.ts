import { revokeStreams } from '../playback/revoke.ts';
import type { Platform } from '../platform/platform.ts';
import { assetsIn, type Scope } from './queries.ts';

const AT_ONCE = 20;

/**
 * Rights of these episodes changed: who watches one now is asked again within one key period. To be called once the change is written;
 * may be repeated. A viewer who still may goes on with a fresh play.
 */
export async function askAgain(platform: Platform, scopes: readonly Scope[]): Promise<void> {
  const found = await Promise.all(scopes.map((scope) => assetsIn(platform.db, scope)));
  const assets = [...new Set(found.flat())];
  for (let i = 0; i < assets.length; i += AT_ONCE)
    await Promise.all(
      assets.slice(i, i + AT_ONCE).map((assetId) => revokeStreams(platform, { assetId }, 'rights-changed')),
    );
}
