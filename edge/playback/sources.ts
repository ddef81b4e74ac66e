import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { edgeCache } from './edge-cache.ts';
import { memory, type Sources } from './playlists.ts';

/** What this isolate remembers, beside the cache that all isolates of the location share. */
const ours = memory();

/** Where the playlists of a request come from. */
export function sources(c: Context<AppEnv>): Sources {
  const { platform } = c.var;
  const { settings, bucket } = platform;
  return {
    memory: ours,
    cache: edgeCache(platform.edgeCache, settings.origin, (work) => c.executionCtx.waitUntil(work)),
    bucket,
    cdn: settings.delivery === 'edge' ? null : platform.cdn,
  };
}
