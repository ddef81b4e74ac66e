import { Hono } from 'hono';
import * as v from 'valibot';
import { EpisodeMedia, MarkersChange } from '../../schema/api/media.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { Marker } from '../../schema/media-facts.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { readPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { assetView } from './media-view.ts';
import { readMedia, setMarkers, type MediaRows } from './queries/media.ts';

const byId = accepts('param', v.object({ id: idSchema('episode') }));

/** What an episode is made of, as editors see it. */
export const episodeMedia = new Hono<AppEnv>()
  .get(
    '/api/admin/episodes/:id/media',
    allow('editor'),
    byId,
    returns(
      'An episode’s assets, newest first, with their tracks, warnings and stills; its markers and flashes',
      {
        200: EpisodeMedia,
      },
    ),
    async (c) => c.json(await show(c.var.platform, c.req.valid('param').id)),
  )
  .put(
    '/api/admin/episodes/:id/markers',
    allow('editor'),
    byId,
    accepts('json', MarkersChange),
    returns('Sets what can be skipped; null brings back what was found', { 200: EpisodeMedia }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      const { episode } = await found(platform, id);
      await setMarkers(platform.db, id, edited(c.req.valid('json').markers, episode), platform.now());
      return c.json(await show(platform, id));
    },
  );

async function found({ db }: Platform, id: Id<'episode'>): Promise<MediaRows> {
  const rows = await readMedia(db, id);
  if (!rows) throw new Problem('not-found', 'There is no such episode.');
  return rows;
}

/** Signatures end on whole hours, at least one from now: the same picture keeps its address, and browsers their copy, meanwhile. */
const HOUR = 3_600_000;

async function show(platform: Platform, id: Id<'episode'>): Promise<EpisodeMedia> {
  const { bucket, cdn, now } = platform;
  const rows = await found(platform, id);
  const until = (Math.ceil(now() / HOUR) + 1) * HOUR;
  const assets = await Promise.all(
    rows.assets.map(async (asset) => {
      const pack = asset.verified ? await readPackage(bucket, asset.id, asset.revision) : null;
      const signature = pack?.pictures ? await cdn.sign(asset.prefix, until) : '';
      return { pack, view: assetView(asset, rows, pack, (uri) => cdn.file(asset.prefix, uri, signature)) };
    }),
  );
  const { edited, found: marked, flashes } = rows.episode;
  return {
    assets: assets.map(({ view }) => view),
    markers: edited ?? marked ?? [],
    // Before it is published, of what would be.
    flashes: flashes ?? assets.find(({ pack }) => pack)?.pack?.analysis.flashes ?? [],
  };
}

/**
 * Markers as they are kept. An opening that was found to be a season's first stays it when its edges are moved.
 * @throws Problem `invalid-request` for one that ends after the episode does
 */
function edited(
  markers: v.InferOutput<typeof MarkersChange>['markers'],
  { duration, found }: MediaRows['episode'],
): Marker[] | null {
  if (!markers) return null;
  const late = markers.findIndex(({ end }) => duration !== null && end > duration + 1); // it is kept in whole seconds
  if (late >= 0) {
    const detail = `the episode ends after ${duration} s`;
    const pointer = `/markers/${late}/end`;
    throw new Problem('invalid-request', { detail: `${pointer}: ${detail}`, errors: [{ pointer, detail }] });
  }
  const isFirst = ({ kind, start, end }: (typeof markers)[number]) =>
    found?.some((one) => one.first && one.kind === kind && one.start < end && start < one.end) ?? false;
  return markers
    .map((marker) => ({ ...marker, source: 'editor' as const, first: isFirst(marker) }))
    .toSorted((a, b) => a.start - b.start);
}
