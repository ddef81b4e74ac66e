import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import { EarlyWatch } from '../../schema/api/media.ts';
import { masterPlaylist, mediaPlaylist, type MediaAddresses } from '../../schema/hls.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { TARGET_SECONDS, type Plan } from '../../schema/jobs/plan.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { takesGzip } from '../http/gzip.ts';
import { Problem } from '../http/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import type { Platform } from '../platform/platform.ts';
import { growingSelection, lengthOf } from './growing.ts';
import { readEarly, type Early } from './queries/early.ts';
import { openWatchToken, watchToken } from './watch-token.ts';

/** How long an editor may watch before asking again. */
const WATCH_MS = 2 * 60 * 60 * 1000;
/** For clocks that differ: the CDN's, and ours. */
const SKEW_MS = 5 * 60 * 1000;

/** An episode that is still being encoded, as far as it is there; its playlists grow until the job is ready (ADR 0036). */
export const earlyWatch = new Hono<AppEnv>()
  .use('/hls/early/*', cors({ origin: '*', allowMethods: ['GET', 'HEAD'], maxAge: 86_400 }))
  .post(
    '/api/admin/jobs/:id/watch',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('job') })),
    returns('What is encoded so far, to watch; the playlists grow until the job is ready', {
      200: EarlyWatch,
    }),
    async (c) =>
      c.json(await startWatch(c.var.platform, c.req.valid('param').id), 200, { 'cache-control': 'no-store' }),
  )
  .get(
    '/hls/early/:token/key/:period{[0-9]+}',
    allow('playback'),
    returns('The 16 bytes of one key period’s AES-128 key of a growing episode', { 200: null }),
    async (c) => {
      const { jobId } = await opened(c, c.req.param('token'));
      const { platform } = c.var;
      const { plan, asset } = await watchable(platform, jobId, '');
      const period = Number(c.req.param('period'));
      if (asset.keyId === null || period >= plan.periods)
        throw new Problem('not-found', 'There is no such key.');
      const key = await periodKey(platform.secrets.contentKeys, asset.keyId, asset.id, period);
      return c.body(key.slice().buffer, 200, {
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
      });
    },
  )
  .get(
    '/hls/early/:token/:file{[a-z0-9-]+\\.m3u8}',
    allow('playback'),
    returns('The multivariant playlist (master.m3u8) or one rendition of a growing episode', { 200: null }),
    async (c) => {
      const { jobId, until } = await opened(c, c.req.param('token'));
      const rendition = c.req.param('file').slice(0, -'.m3u8'.length);
      const found = await watchable(c.var.platform, jobId, rendition === 'master' ? null : rendition);
      const text = playlist(found, rendition, await addresses(c.var.platform, found, until));
      if (text === null) throw new Problem('not-found');
      c.header('content-type', 'application/vnd.apple.mpegurl');
      c.header('cache-control', 'private, no-store'); // the next one is longer
      if (takesGzip(c.req.raw)) c.header('content-encoding', 'gzip');
      return c.body(text);
    },
  );

async function opened(c: Context<AppEnv>, token: string) {
  const { secrets, now } = c.var.platform;
  const found = await openWatchToken(secrets.auth, token, now());
  if (!found)
    throw new Problem(
      'invalid-token',
      'This is over or was changed. Ask again: POST /api/admin/jobs/:id/watch.',
    );
  return found;
}

type Watchable = Omit<Early, 'job'> & { plan: Plan; asset: Early['job']['asset']; ended: boolean };
/** @throws Problem `not-found`, or `conflict` where there is nothing to watch and why */
async function watchable({ db }: Platform, id: Id<'job'>, rendition: string | null): Promise<Watchable> {
  const early = await readEarly(db, id, rendition);
  if (!early) throw new Problem('not-found', 'There is no such job.');
  const { state, plan, change, asset } = early.job;
  if (change) throw new Problem('conflict', 'This job changes a finished episode: watch that one.');
  if (state === 'failed' || state === 'cancelled')
    throw new Problem('conflict', `The job is ${state}: what it encoded is deleted.`);
  if (!plan) throw new Problem('conflict', 'The source is still being looked at. Try again in a moment.');
  return { ...early, plan, asset, ended: state === 'ready' };
}

async function startWatch(platform: Platform, id: Id<'job'>): Promise<EarlyWatch> {
  const { plan, done, objects } = await watchable(platform, id, null);
  const { video, audio } = growingSelection(plan, done, objects);
  const [rung] = video;
  if (!rung)
    throw new Problem('conflict', {
      detail: 'The first seconds are still being encoded. Try again in a moment.',
      retryAt: platform.now() + 2_000,
    });
  const until = Math.floor((platform.now() + WATCH_MS) / 1000) * 1000;
  const token = await watchToken(platform.secrets.auth, id, until);
  return {
    masterUrl: `${platform.settings.origin}/hls/early/${token}/master.m3u8`,
    until,
    available: rung.segments.reduce((sum, { duration }) => sum + duration, 0),
    duration: lengthOf(plan),
    audio: audio.map(({ name }) => name),
  };
}

/** Made from the token's end, so that each has the same text however often it is listed (RFC 8216bis §6.2.1). */
async function addresses({ cdn }: Platform, { asset }: Watchable, until: number): Promise<MediaAddresses> {
  const signature = await cdn.sign(asset.prefix, until + SKEW_MS);
  return {
    file: (uri) => cdn.file(asset.prefix, uri, signature),
    key: asset.keyId === null ? null : (period) => `key/${period}`,
  };
}

/** Null: there is nothing of this rendition (yet). */
function playlist(
  { plan, done, objects, ended }: Watchable,
  rendition: string,
  at: MediaAddresses,
): string | null {
  const { video, audio, subtitles } = growingSelection(plan, done, objects);
  if (rendition === 'master') {
    if (video.length === 0) return null;
    return fromItsStart(masterPlaylist({ video, audio, subtitles }, (id) => `${id}.m3u8`));
  }
  const of = ({ id }: { id: string }) => id === rendition;
  const media = [...video, ...audio].find(of);
  if (media) return mediaPlaylist(media, at, { type: 'EVENT', ended, target: TARGET_SECONDS });
  const text = subtitles.find(of);
  return text ? mediaPlaylist(text, at) : null;
}

/** Players take a playlist without an end for a live one, and would begin near its end (RFC 8216bis §4.4.2.2). */
const fromItsStart = (master: string) =>
  master.replace('#EXT-X-INDEPENDENT-SEGMENTS\n', '$&#EXT-X-START:TIME-OFFSET=0,PRECISE=YES\n');
