import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { JobView } from '../../schema/api/ingest.ts';
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
