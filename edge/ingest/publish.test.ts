import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { JobView } from '../../schema/api/ingest.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { assets } from '../../schema/db/media.ts';
import { asEditor, episode, uploaded, type World } from './ingest.fixture.ts';
import { resultOf } from './plan.fixture.ts';
import { code, eachInItsWorld, encoding, ofKind, playable } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

describe('the publish gate', () => {
  const publish = (episodeId: string, assetId: string) =>
    asEditor('POST', `/api/admin/episodes/${episodeId}/publish`, { assetId });

  it('opens for a verified asset of the episode only', async () => {
    const [upload, other] = [await uploaded(world), await uploaded(world)];
    expect(await code(await publish(upload.episodeId, upload.assetId))).toBe('not-publishable');
    await world.finish();
    expect(await code(await publish(other.episodeId, upload.assetId))).toBe('not-publishable');
    expect(await code(await publish('ep_nowhere', upload.assetId))).toBe('not-found');
    expect((await world.job(upload.jobId)).published).toBe(false);
    const answer = await publish(upload.episodeId, upload.assetId);
    expect(await answer.json()).toMatchObject({ assetId: upload.assetId, latestJobId: upload.jobId });
    expect((await world.job(upload.jobId)).published).toBe(true);
  });

  it('counts an episode once, however often it is published', async () => {
    const episodeId = await episode();
    const first = await uploaded(world, { episodeId, publishWhenReady: true });
    await world.finish();
    await publish(episodeId, first.assetId);
    const second = await uploaded(world, { episodeId, publishWhenReady: true });
    await world.finish();
    expect((await world.job(second.jobId)).published).toBe(true);
    expect((await world.job(first.jobId)).published).toBe(false);
    await Promise.all([publish(episodeId, first.assetId), publish(episodeId, second.assetId)]);
    expect(await playable(world, episodeId)).toBe(1);
  });

  it('stays shut for a certificate that does not hold', async () => {
    const upload = await uploaded(world, { publishWhenReady: true });
    world.pass(1);
    const [probe] = await world.take();
    await world.work(probe!);
    for (const message of await world.take()) await world.work(message);
    const [pack] = ofKind(await world.take(), 'package');
    const result = resultOf(pack!);
    if (result.kind !== 'package') throw new Error('not a package');
    const checks = [{ name: 'continuous', holds: false, detail: 'v360 misses frame 96' }];
    // It says that it holds; its checks say otherwise.
    await world.say(pack!, 'complete', { ...result, certificate: { ...result.certificate, checks } });
    expect(await world.job(upload.jobId)).toMatchObject({
      state: 'failed',
      problem: 'verification-failed',
      detail: 'continuous: v360 misses frame 96',
      certificate: { checks },
    });
    expect(await code(await publish(upload.episodeId, upload.assetId))).toBe('not-publishable');
    expect(await playable(world, upload.episodeId)).toBe(0);
    expect(await env.BUCKET.get(`packages/${upload.assetId}/1.json`)).toBeNull();
  });

  it('does not let an older version that is ready late push a newer one aside', async () => {
    const episodeId = await episode();
    const { held } = await encoding(world, { episodeId, publishWhenReady: true });
    const newer = await uploaded(world, { episodeId, publishWhenReady: true });
    await world.finish();
    for (const message of held) await world.work(message);
    await world.finish();
    const rows = await world.platform.db.select().from(assets).where(eq(assets.episodeId, episodeId));
    expect(rows.map(({ verified }) => verified)).toEqual([true, true]);
    expect((await world.job(newer.jobId)).published).toBe(true);
  });
});

describe('the picture of an episode', () => {
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const still = {
    time: 3,
    thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw',
    sizes: [320, 640, 1280].map((width) => ({
      width,
      height: (width * 9) / 16,
      files: [{ uri: `stills/0-${width}.jpg`, bytes: 7, type: 'image/jpeg' as const }],
    })),
  };
  /** An upload whose package has stills, all but told to be ready. */
  const pictured = async (fields: Parameters<typeof uploaded>[1] = {}) => {
    const upload = await uploaded(world, fields);
    world.pass(1);
    const [probe] = await world.take();
    await world.work(probe!);
    for (const message of await world.take()) await world.work(message);
    const [pack] = ofKind(await world.take(), 'package');
    const result = resultOf(pack!);
    if (result.kind !== 'package') throw new Error('not a package');
    const pictures = { stills: [still], storyboard: null, preview: null, waveform: null };
    const ready = () => world.say(pack!, 'complete', { ...result, package: { ...result.package, pictures } });
    return { ...upload, ready, key: `${result.package.prefix}stills/0-640.jpg` };
  };
  const shown = async (id: string) => {
    const rows = await world.platform.db
      .select()
      .from(episodes)
      .where(eq(episodes.id, id as `ep_${string}`));
    return rows[0]!.still;
  };

  it('is its best still, copied when it is published, and once more when it is published again', async () => {
    const { episodeId, assetId, ready, key } = await pictured({ publishWhenReady: true });
    world.store.files.set(key, jpeg);
    await ready();
    const kept = await shown(episodeId);
    expect(kept).toMatchObject({ width: 640, height: 360, thumbhash: still.thumbhash });
    expect(kept?.key).toMatch(/^images\/[0-9a-f]{64}\.jpg$/);
    expect(new Uint8Array(await (await env.BUCKET.get(kept!.key))!.arrayBuffer())).toEqual(jpeg);
    expect((await asEditor('POST', `/api/admin/episodes/${episodeId}/publish`, { assetId })).status).toBe(
      200,
    );
    expect(await shown(episodeId)).toEqual(kept);
  });

  it('does not keep an episode from being published where it cannot be had', async () => {
    const { episodeId, assetId, ready, key } = await pictured();
    await ready();
    const publish = () => asEditor('POST', `/api/admin/episodes/${episodeId}/publish`, { assetId });
    expect((await publish()).status).toBe(200);
    expect([await playable(world, episodeId), await shown(episodeId)]).toEqual([1, null]);
    world.store.files.set(key, jpeg);
    await publish();
    expect(await shown(episodeId)).toMatchObject({ width: 640 });
  });
});

describe('the list of jobs', () => {
  it('comes in pages, newest first, by state', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      world.pass(i % 2); // some in the same millisecond
      ids.push((await uploaded(world)).jobId);
    }
    await asEditor('POST', `/api/admin/jobs/${ids[2]}/cancel`);
    type List = { items: JobView[]; next: string | null };
    const list = async (query: string) => (await asEditor('GET', `/api/admin/jobs?${query}`)).json<List>();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(5);
    expect((await list('state=cancelled')).items.map(({ id }) => id)).toEqual([ids[2]]);
    expect((await list('state=ready')).items).toEqual([]);
    const refused = await asEditor('GET', '/api/admin/jobs?cursor=rubbish');
    expect(await code(refused)).toBe('invalid-request');
  });
});
