import { revokeAssets } from '../playback/revoke.ts';
import type { Platform } from '../platform/platform.ts';
import { assetsIn, type Scope } from './queries.ts';

/**
 * Rights of these episodes changed: who watches one now is asked again within one key period. To be called once the change is written;
 * may be repeated. A viewer who still may goes on with a fresh play.
 */
export async function askAgain(platform: Platform, scopes: readonly Scope[]): Promise<void> {
  const found = await Promise.all(scopes.map((scope) => assetsIn(platform.db, scope)));
  const assets = [...new Set(found.flat())];
  await revokeAssets(platform, assets, 'rights-changed');
}
