import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { edgeCache } from './edge-cache.ts';
import { memory, type Sources } from './playlists.ts';

/** What this isolate remembers, beside the cache that all isolates of the location share. */
const ours = memory();

/** Where the playlists of a request come from. What is remembered here needs neither cache nor bucket, so those are made when asked for. */
export function sources(c: Context<AppEnv>): Sources {
  const outside = c.get('platform');
  const { settings } = outside;
  return {
    memory: ours,
    cache: () => edgeCache(outside.edgeCache, settings, (work) => c.executionCtx.waitUntil(work)),
    bucket: () => outside.bucket,
    cdn: settings.delivery === 'edge' ? null : outside.cdn,
  };
}
