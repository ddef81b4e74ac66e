import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import type { Id } from '../../schema/ids.ts';
import type { Package, Segment } from '../../schema/package.ts';
import { assets } from '../../schema/db/media.ts';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import { licences } from '../../schema/db/rights.ts';
import { users } from '../../schema/db/accounts.ts';
import { plans, subscriptions } from '../../schema/db/billing.ts';
import { issueToken, TOOL_MS } from '../accounts/tokens.ts';
import { listAnew } from '../catalog/listing.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { streams } from '../platform/streams.ts';
import { call } from '../testing/call.ts';

// A published episode as the pipeline would leave it: rows in D1, its package in R2.

/** 24 minutes: 240 segments of 6 s in 24 key periods. */
const segments = (folder: string, extension: string, bytes: number): Segment[] =>
  Array.from({ length: 240 }, (_, i) => ({
    uri: `${folder}/${i}.${extension}`,
    duration: 6,
    bytes,
    period: Math.floor(i / 10),
  }));
const rung = (height: number, width: number, rate: number) => ({
  id: `v${height}`,
  codec: 'avc1.640028',
  width,
  height,
  frameRate: [24_000, 1001] as [number, number],
  bandwidth: rate,
  averageBandwidth: rate / 2,
  init: { uri: `v${height}/init.mp4`, bytes: 800 },
  segments: segments(`v${height}`, 'm4s', rate / 2),
});
const dub = (id: string, language: string, first: boolean) => ({
  id,
  language,
  role: first ? ('main' as const) : ('dub' as const),
  name: language,
  channels: 2,
  default: first,
  facts: null,
  codec: 'mp4a.40.2',
  bandwidth: 130_000,
  averageBandwidth: 128_000,
  init: { uri: `${id}/init.mp4`, bytes: 700 },
  segments: segments(id, 'm4s', 96_000),
});
const subtitle = (id: string, language: string) => ({
  id,
  language,
  role: 'full' as const,
  name: language,
  default: false,
  typeset: null,
  segments: segments(id, 'vtt', 400),
});

export const packageFor = (assetId: string, prefix = `hls/${assetId}/season-1/ep-1/v1/`): Package => ({
  v: 1,
  assetId,
  prefix,
  duration: 1440,
  keyId: 'c1',
  periods: 24,
  video: [rung(360, 640, 600_000), rung(720, 1280, 2_000_000), rung(1080, 1920, 4_000_000)],
  audio: [dub('a0-ja', 'ja', true), dub('a1-en', 'en', false)],
  subtitles: [subtitle('s0-en', 'en'), subtitle('s1-pt-br', 'pt-BR')],
  chapters: [{ start: 0, end: 90, title: 'Opening' }],
  revision: 1,
  trick: [],
  pictures: null,
  analysis: { scenes: [], black: [], flashes: [], silence: [] },
});

export type LicenceRow = Partial<Omit<typeof licences.$inferInsert, 'id' | 'titleId' | 'createdAt'>>;
export const worldWide: LicenceRow = { territoryMode: 'exclude', countries: [] };

/** @returns the episode's id; `name` makes all its ids */
export async function episodeWith(
  name: string,
  terms: readonly LicenceRow[],
  {
    published = true,
    airsAt = null as number | null,
    inR2 = true,
    change = (pkg: Package): Package => pkg,
  } = {},
): Promise<{ episodeId: Id<'episode'>; assetId: Id<'asset'>; pkg: Package }> {
  const db = database(env.DB);
  const [titleId, seasonId, episodeId, assetId] = [
    `ttl_${name}`,
    `ssn_${name}`,
    `ep_${name}`,
    `ast_${name}`,
  ] as const;
  const at = { createdAt: 0, updatedAt: 0 };
  const pkg = change(packageFor(assetId));
  await db.batch([
    db.insert(titles).values({
      id: titleId,
      slug: name,
      nameMain: name,
      kind: 'series',
      status: 'airing',
      ageRating: 'all',
      ...at,
    }),
    db.insert(seasons).values({ id: seasonId, titleId, number: 1 }),
    db.insert(episodes).values({ id: episodeId, titleId, seasonId, season: 1, number: 1, airsAt, ...at }),
    db.insert(assets).values({
      id: assetId,
      episodeId,
      version: 1,
      sourceKey: 'sources/x',
      sourceBytes: 1,
      fileName: 'x.mkv',
      prefix: pkg.prefix,
      keyId: 'c1',
      verified: true,
      createdAt: 0,
    }),
  ]);
  if (published) await db.update(episodes).set({ assetId, publishedAt: 1 }).where(eq(episodes.id, episodeId));
  for (const [i, row] of terms.entries())
    await db.insert(licences).values({
      id: `lic_${name}${i}`,
      titleId,
      territoryMode: 'include',
      countries: [],
      ...row,
      createdAt: 0,
    });
  await listAnew(platform(env), titleId);
  if (inR2) await env.BUCKET.put(`packages/${assetId}/1.json`, JSON.stringify(pkg));
  return { episodeId, assetId, pkg };
}

/** Nothing plays any more on the account, and nothing ever did: the next play finds room. */
export const nothingPlays = (userId = 'usr_0testviewer'): Promise<void> =>
  streams(env).account(userId).forget();

/** Puts an account on a plan of its own, with so many streams. */
export async function subscribed(userId: string, name: string, streamLimit: number): Promise<void> {
  const db = database(env.DB);
  await db.batch([
    db.insert(plans).values({
      id: name,
      name,
      streams: streamLimit,
      ads: true,
      downloads: false,
      createdAt: 0,
      updatedAt: 0,
    }),
    db.insert(subscriptions).values({
      id: `sbn_0${name}`,
      userId,
      planId: name,
      source: 'staff',
      since: 0,
      createdAt: 0,
      updatedAt: 0,
    }),
  ]);
}

/** Somebody with an account of their own, on a plan with so many streams; `name` makes all their ids. */
export async function viewerWith(name: string, streamLimit: number) {
  const db = database(env.DB);
  const person = { userId: `usr_0${name}`, name, email: `${name}@engawa.test`, emailVerified: true };
  const at = new Date();
  const { userId: id, ...row } = person;
  await db.insert(users).values({ id, ...row, role: 'viewer', createdAt: at, updatedAt: at });
  await subscribed(id, name, streamLimit);
  const actor = { ...person, role: 'viewer' } as const;
  const { token } = await issueToken(env.PUBLIC_ORIGIN, env.AUTH_SIGNING_KEY, actor, Date.now(), TOOL_MS);
  const ask = (method: string, path: string, json?: unknown) =>
    call(method, path, { token, ...(json === undefined ? {} : { json }) });
  return { userId: id, token, ask };
}
