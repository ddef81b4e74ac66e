import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { expect } from 'vitest';
import { AssetList } from '../../schema/api/ads.ts';
import { Play } from '../../schema/api/playback.ts';
import { campaigns } from '../../schema/db/ads.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { episodeWith, viewerWith, worldWide, type LicenceRow } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { campaignsChanged } from './running.ts';

const db = database(env.DB);

/** An episode that is paid for by advertising, with these breaks. */
export async function interrupted(name: string, breaks: number[], terms: LicenceRow = { models: ['ads'] }) {
  const made = await episodeWith(name, [{ ...worldWide, ...terms }]);
  await db.update(episodes).set({ breaks }).where(eq(episodes.id, made.episodeId));
  return { ...made, titleId: `ttl_${name}` as const };
}

/** A film of some seconds in one key period, whose title stays a draft: what a campaign shows. */
export async function creative(name: string, seconds = 20): Promise<Id<'episode'>> {
  const short = <R extends { segments: { duration: number; period: number }[] }>(rendition: R): R => ({
    ...rendition,
    segments: rendition.segments.slice(0, 4).map((one) => ({ ...one, duration: seconds / 4, period: 0 })),
  });
  const { episodeId } = await episodeWith(name, [], {
    change: (pkg) => ({
      ...pkg,
      duration: seconds,
      periods: 1,
      video: pkg.video.map(short),
      audio: pkg.audio.map(short),
      subtitles: [],
      chapters: [],
    }),
  });
  await db
    .update(titles)
    .set({ draft: true })
    .where(eq(titles.id, `ttl_${name}`));
  return episodeId;
}

type Fields = Partial<typeof campaigns.$inferInsert>;
/** A campaign that runs. */
export async function campaign(fields: Fields): Promise<Id<'campaign'>> {
  const id = newId('campaign');
  const row = { name: 'C', advertiser: 'Kotori Tea', state: 'running' as const, createdAt: 0, updatedAt: 0 };
  await db.insert(campaigns).values({ ...row, ...fields, id });
  campaignsChanged(platform(env));
  return id;
}
/** None runs any more. */
export async function noCampaigns(): Promise<void> {
  await db.update(campaigns).set({ state: 'ended' });
  campaignsChanged(platform(env));
}

export type Viewer = Awaited<ReturnType<typeof viewerWith>>;

/** A play, and what its player can ask. */
export async function watch({ token }: Viewer, episodeId: string, country = 'JP', json: object = {}) {
  const answer = await call('POST', `/api/episodes/${episodeId}/hls`, {
    token,
    json,
    cf: { country } as RequestInitCfProperties,
  });
  expect(answer.status, `answered ${await answer.clone().text()}`).toBe(200);
  const play = v.parse(Play, await answer.json());
  const at = new URL(play.masterUrl).pathname.replace('/master.m3u8', '');
  const get = (name: string) => call('GET', `${at}/${name}`);
  return {
    play,
    get,
    /** What is shown in the nth break. */
    adverts: async (n: number) => {
      const list = await get(`breaks/${n}.json`);
      expect(list.status, `answered ${await list.clone().text()}`).toBe(200);
      expect(list.headers.get('content-type')).toBe('application/json');
      return v.parse(AssetList, await list.json()).ASSETS.map(player);
    },
  };
}

/** An advertisement as a player has it. */
function player({ URI, DURATION, 'X-ADVERT': told }: AssetList['ASSETS'][number]) {
  const at = new URL(told.marks).pathname.replace(/\/seen\/$/, '');
  return {
    told,
    uri: URI,
    seconds: DURATION,
    path: at,
    get: (name: string) => call('GET', `${at}/${name}`),
    key: (period = 0) => call('GET', `${at}/key/${period}`),
    mark: (mark: string) => call('POST', new URL(told.marks).pathname + mark),
  };
}
