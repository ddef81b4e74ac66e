import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { AdminEpisode, AdminEpisodeCard, BulkAnswer } from '../../schema/api/editing.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { sweepFailures } from '../../schema/db/insights.ts';
import { assets } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { sweep } from '../operations/sweeper.ts';
import type { Platform } from '../platform/platform.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { asEditor, episode, uploaded, type World } from './ingest.fixture.ts';
import { code, eachInItsWorld, playable } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

const HOUR = 3_600_000;
const later = (ms: number) =>
  Object.create(world.platform, { now: { value: () => world.platform.now() + ms } }) as Platform;
const send = (method: string, id: string, what: string, json?: object) =>
  asEditor(method, `/api/admin/episodes/${id}${what}`, json);
const read = async (id: string): Promise<AdminEpisode> => (await send('GET', id, '')).json();
const ready = async (more: Parameters<typeof uploaded>[1] = {}) => {
  const upload = await uploaded(world, more);
  await world.finish();
  return upload;
};
const list = async (query: string): Promise<string[]> => {
  const answer = await asEditor('GET', `/api/admin/episodes?${query}`);
  return (await answer.json<{ items: AdminEpisodeCard[] }>()).items.map(({ id }) => id);
};

describe('an episode that is to be published later', () => {
  it('is checked now, and published when it is time, once', async () => {
    const { episodeId, assetId } = await ready();
    const other = await uploaded(world);
    const at = world.platform.now() + HOUR;
    expect(await code(await send('POST', other.episodeId, '/publish', { assetId: other.assetId, at }))).toBe(
      'not-publishable',
    );
    const { revision } = await read(episodeId);
    const answer = await send('POST', episodeId, '/publish', { assetId, at });
    expect(await answer.json()).toMatchObject({
      assetId: null,
      publishAssetId: assetId,
      publishAt: at,
      revision: revision + 1,
    });
    await sweep(later(HOUR - 1));
    expect(await read(episodeId)).toMatchObject({ assetId: null, publishAt: at });
    await Promise.all([sweep(later(HOUR)), sweep(later(HOUR))]);
    expect(await read(episodeId)).toMatchObject({
      assetId,
      publishedAt: at,
      publishAssetId: null,
      publishAt: null,
      publishRefused: null,
    });
    expect(await playable(world, episodeId)).toBe(1);
  });

  it('is refused where it may not be any more, and says why', async () => {
    const { episodeId, assetId } = await ready();
    const at = world.platform.now() + HOUR;
    await send('POST', episodeId, '/publish', { assetId, at });
    const warning = { code: 'glyphs-missing', detail: 'no glyphs', blocks: true } as never;
    await world.platform.db
      .update(assets)
      .set({ warnings: [warning] })
      .where(eq(assets.id, assetId));
    await sweep(later(HOUR));
    const refused = await read(episodeId);
    expect(refused).toMatchObject({ assetId: null, publishAssetId: null, publishAt: null });
    expect(refused.publishRefused).toContain('glyphs-missing');
    expect(await (await send('DELETE', episodeId, '/publish')).json()).toMatchObject({
      publishRefused: null,
    });
  });

  it('waits for the next sweep where its package cannot be read just now', async () => {
    const { episodeId, assetId } = await ready();
    const at = world.platform.now() + HOUR;
    await send('POST', episodeId, '/publish', { assetId, at });
    const down = Object.create(later(HOUR), {
      bucket: { value: { get: () => Promise.reject(new Error('R2 does not answer')) } },
    }) as Platform;
    await sweep(down);
    expect(await read(episodeId)).toMatchObject({ publishAt: at, publishRefused: null });
    await sweep(later(HOUR));
    expect(await read(episodeId)).toMatchObject({ assetId });
  });

  it('is kept from its turn by none before it that fail, and the overview says that some do', async () => {
    const { episodeId, assetId } = await ready();
    const at = world.platform.now() + HOUR;
    await send('POST', episodeId, '/publish', { assetId, at: at + 1 });
    const { db, newId } = world.platform;
    const [first] = await db.select().from(episodes).where(eq(episodes.id, episodeId));
    const [asset] = await db.select().from(assets).where(eq(assets.id, assetId));
    const all: Id<'episode'>[] = [];
    for (let n = 0; n < 60; n++) {
      const broken = { episode: newId('episode'), asset: newId('asset') };
      all.push(broken.episode);
      await db.insert(episodes).values({
        ...first!,
        id: broken.episode,
        number: 100 + n,
        publishAssetId: broken.asset,
        publishAt: at,
      });
      await db.insert(assets).values({
        ...asset!,
        id: broken.asset,
        episodeId: broken.episode,
        prefix: `broken/${broken.asset}/`,
      });
    }
    const { bucket } = world.platform;
    const get = (key: string) =>
      key.includes(assetId) ? bucket.get(key) : Promise.reject(new Error('broken'));
    const failing = Object.create(later(HOUR + 1), { bucket: { value: { get } } }) as Platform;
    await sweep(failing);
    expect(await read(episodeId)).toMatchObject({ assetId });
    const [noted] = await db.select().from(sweepFailures).where(eq(sweepFailures.sweep, 'sweepScheduled'));
    expect(noted!.error).toContain('60 scheduled switches failed');
    for (const id of all) await db.delete(episodes).where(eq(episodes.id, id));
  });

  it('is taken back, and stays while another version is published meanwhile', async () => {
    const episodeId = await episode();
    const first = await ready({ episodeId });
    const second = await ready({ episodeId });
    const at = world.platform.now() + HOUR;
    await send('POST', episodeId, '/publish', { assetId: second.assetId, at });
    await send('POST', episodeId, '/publish', { assetId: first.assetId });
    expect(await read(episodeId)).toMatchObject({ assetId: first.assetId, publishAssetId: second.assetId });
    await send('DELETE', episodeId, '/publish');
    await sweep(later(HOUR));
    expect(await read(episodeId)).toMatchObject({ assetId: first.assetId, publishAt: null });
  });
});

describe('an episode that is taken off the site', () => {
  it('is as before it was published, and can be published again', async () => {
    const { episodeId, assetId } = await ready({ publishWhenReady: true });
    expect(await playable(world, episodeId)).toBe(1);
    const still = { key: 'images/still.avif', width: 640, height: 360, thumbhash: null };
    const row = () => world.platform.db.select().from(episodes).where(eq(episodes.id, episodeId));
    await world.platform.db.update(episodes).set({ still }).where(eq(episodes.id, episodeId));
    for (let twice = 0; twice < 2; twice++) {
      const answer = await send('POST', episodeId, '/unpublish');
      expect(await answer.json()).toMatchObject({ assetId: null, publishedAt: null });
    }
    expect(await playable(world, episodeId)).toBe(0);
    expect(await row()).toMatchObject([{ still: null, duration: null }]); // a picture of what nobody may see
    await send('POST', episodeId, '/publish', { assetId });
    expect(await playable(world, episodeId)).toBe(1);
  });

  it('cannot be erased, as it had media', async () => {
    const { episodeId } = await ready({ publishWhenReady: true });
    const erase = async () => (await send('DELETE', episodeId, '')).json<{ detail: string }>();
    expect((await erase()).detail).toContain('on the site');
    await send('POST', episodeId, '/unpublish');
    expect((await erase()).detail).toContain('media');
    expect((await read(episodeId)).id).toBe(episodeId);
  });

  it('takes no change that starts from an older revision', async () => {
    const { episodeId, assetId } = await ready();
    const stale = async (method: string, what: string, json?: object) => {
      const headers = { 'if-match': '"99"' };
      const token = await bearer('editor');
      const path = `/api/admin/episodes/${episodeId}${what}`;
      return (await call(method, path, { token, headers, ...(json ? { json } : {}) })).status;
    };
    expect(await stale('POST', '/publish', { assetId })).toBe(412);
    expect(await stale('POST', '/publish', { assetId, at: world.platform.now() + HOUR })).toBe(412);
    await send('POST', episodeId, '/publish', { assetId });
    expect(await stale('POST', '/unpublish')).toBe(412);
    expect(await read(episodeId)).toMatchObject({ assetId });
  });
});

describe('lists of episodes', () => {
  it('know what is without media, ready and published, as it changes', async () => {
    const bare = await episode();
    const { episodeId, assetId } = await ready();
    const all = async () => [
      await list('state=without-media'),
      await list('state=ready'),
      await list('state=published'),
    ];
    const sees = async (id: string) => (await all()).map((ids) => ids.includes(id));
    expect(await sees(bare)).toEqual([true, false, false]);
    expect(await sees(episodeId)).toEqual([false, true, false]);
    await send('POST', episodeId, '/publish', { assetId });
    expect(await sees(episodeId)).toEqual([false, false, true]);
    const second = await ready({ episodeId });
    expect(await sees(episodeId)).toEqual([false, true, true]);
    const answer = await asEditor('GET', '/api/admin/episodes?state=ready');
    const { items } = await answer.json<{ items: AdminEpisodeCard[] }>();
    expect(items.find(({ id }) => id === episodeId)).toMatchObject({ readyAssetId: second.assetId });
    await env.DB.prepare('update assets set verified = 0, deleted_at = 1 where id = ?')
      .bind(second.assetId)
      .run();
    expect(await sees(episodeId)).toEqual([false, false, true]);
  });
});

describe('many episodes at once', () => {
  it('are put on the site by their newest version, and taken off it; each says what became of it', async () => {
    const one = await ready();
    const bare = await episode();
    const bulk = async (json: object) => {
      const answer = await asEditor('POST', '/api/admin/episodes/bulk', json);
      return (await answer.json<BulkAnswer>()).items.map(({ fate, because }) => [fate, because]);
    };
    const ids = [one.episodeId, bare, 'ep_nowhere0'];
    const none = [
      ['refused', 'It has no media whose certificate holds.'],
      ['refused', 'There is no such episode.'],
    ];
    expect(await bulk({ ids, publish: true })).toEqual([['changed', null], ...none]);
    expect(await bulk({ ids, publish: true })).toEqual([['same', null], ...none]);
    expect(await playable(world, one.episodeId)).toBe(1);
    const asOf = (await read(one.episodeId)).updatedAt - 1;
    const seen = ['refused', expect.stringContaining('since you looked')];
    expect(await bulk({ ids: [one.episodeId], unpublish: true, asOf })).toEqual([seen]);
    expect(await playable(world, one.episodeId)).toBe(1);
    const off = [['same', null], none[1]];
    expect(await bulk({ ids, unpublish: true })).toEqual([['changed', null], ...off]);
    expect(await bulk({ ids, unpublish: true })).toEqual([['same', null], ...off]);
    expect(await playable(world, one.episodeId)).toBe(0);
  });
});
