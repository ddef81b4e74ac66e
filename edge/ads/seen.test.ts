import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { advertPlays, campaignHours, campaigns } from '../../schema/db/ads.ts';
import { plans } from '../../schema/db/billing.ts';
import { plays } from '../../schema/db/library.ts';

import type { Id } from '../../schema/ids.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { viewerWith } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { campaign, creative, interrupted, noCampaigns, watch, type Viewer } from './ads.fixture.ts';

const db = database(env.DB);
const SECOND = 1000;
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(async () => {
  await noCampaigns();
  vi.useRealTimers();
});

const objectOf = ({ userId }: Viewer) => env.AD_BREAKS.getByName(userId);
/** All that the account has to tell D1 is told. */
async function told(viewer: Viewer): Promise<void> {
  wait(60 * SECOND);
  await runDurableObjectAlarm(objectOf(viewer));
}
const rowsOf = (id: Id<'campaign'>) => db.select().from(advertPlays).where(eq(advertPlays.campaignId, id));
const sumsOf = async (id: Id<'campaign'>) => {
  const [hours, [of]] = [
    await db.select().from(campaignHours).where(eq(campaignHours.campaignId, id)),
    await db.select({ shown: campaigns.shown }).from(campaigns).where(eq(campaigns.id, id)),
  ];
  return { hours: hours.map(({ campaignId: _its, hour: _when, ...sums }) => sums), shown: of?.shown };
};
const statuses = async (answers: Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);

let count = 0;
/** Somebody who watches up to a break in which a campaign is shown. */
async function before(
  fields: { capPerDay?: number; cpm?: number; currency?: string } = {},
  { skipAds = false } = {},
) {
  const name = `seen${count++}`;
  const viewer = await viewerWith(name, 9);
  await db.update(plans).set({ skipAds }).where(eq(plans.id, name));
  const film = await interrupted(name, [600, 900]);
  const id = await campaign({ creativeEpisodeId: await creative(`${name}film`, 20), ...fields });
  const playing = await watch(viewer, film.episodeId);
  const [advert] = await playing.adverts(0);
  return { viewer, film, id, playing, advert: advert! };
}

describe('an advertisement plays', () => {
  it('by a token of its own, which opens it and nothing else', async () => {
    const { advert, playing } = await before();
    const master = await advert.get('master.m3u8');
    expect(master.status).toBe(200);
    expect(await master.text()).toContain('v360.m3u8');
    const media = await (await advert.get('v360.m3u8')).text();
    expect(media).toContain(`URI="key/0"`);
    expect(media).not.toMatch(/DATERANGE|PROGRAM-DATE/);
    const key = await advert.key();
    expect(new Uint8Array(await key.arrayBuffer())).toHaveLength(16);
    const own = new Uint8Array(await (await playing.get('key/0')).arrayBuffer());
    expect(own).not.toEqual(new Uint8Array(await (await advert.key()).arrayBuffer()));
    expect((await advert.key(1)).status).toBe(404);
    expect((await advert.get('breaks/0.json')).status).toBe(404);
    expect((await advert.get('advert/outside.m3u8')).status).toBe(404);
    expect((await playing.get('advert/outside.m3u8')).status).toBe(404);
    // Not by the token of the play, and not by one that was changed.
    const path = new URL(playing.play.masterUrl).pathname.replace('master.m3u8', 'seen/click');
    expect((await call('POST', path)).status).toBe(404);
    expect((await call('POST', `${advert.path}x/seen/click`)).status).toBe(401);
    expect((await advert.mark('q5')).status).toBe(404);
    expect((await advert.mark('click')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is no stream and no minutes of the episode, and keeps the viewer’s place while it plays', async () => {
    const { advert, playing, viewer } = await before();
    const live = async () =>
      (await (await viewer.ask('GET', '/api/me/streams')).json<{ items: object[] }>()).items;
    expect(await live()).toHaveLength(1);
    expect((await playing.get('key/0')).status).toBe(200);
    for (let i = 0; i < 5; i++) {
      wait(120 * SECOND);
      expect((await advert.key()).status).toBe(200);
    }
    expect(await live()).toHaveLength(1);
    await viewer.ask('DELETE', `/api/playback/${playing.play.sessionId}`);
    await runDurableObjectAlarm(env.VIEWER_ACCOUNT.getByName(viewer.userId));
    const rows = await db.select().from(plays).where(eq(plays.id, playing.play.sessionId));
    expect(rows.map(({ seconds }) => seconds)).toEqual([60]);
  });

  it('gets no key once the play that it interrupts has ended', async () => {
    const { advert, playing, viewer } = await before();
    expect((await advert.key()).status).toBe(200);
    expect((await viewer.ask('DELETE', `/api/playback/${playing.play.sessionId}`)).status).toBe(204);
    expect((await advert.key()).status).toBe(403);
    expect((await playing.get('breaks/1.json')).status).toBe(403);
  });
});

describe('what is counted', () => {
  it('that it was shown, with its first key, once; and each quarter when it can have been seen', async () => {
    const { advert, id, viewer, film } = await before({ cpm: 1250, currency: 'jpy' });
    expect((await advert.mark('q1')).status).toBe(409); // nothing of it was given out
    await Promise.all([advert.key(), advert.key()]);
    const early = await advert.mark('q1');
    expect(early.status).toBe(409);
    expect((await early.json<{ retryAt: number }>()).retryAt).toBe(Date.now() + 5 * SECOND);
    wait(5 * SECOND);
    expect(await statuses([advert.mark('q1'), advert.mark('q1')])).toEqual([204, 204]);
    expect((await advert.mark('q2')).status).toBe(409);
    wait(5 * SECOND);
    expect((await advert.mark('q2')).status).toBe(204);
    expect((await advert.mark('click')).status).toBe(204);
    expect((await advert.mark('click')).status).toBe(204);
    await told(viewer);
    const [row, ...others] = await rowsOf(id);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      id: advert.told.id,
      titleId: film.titleId,
      country: 'JP',
      language: 'ja',
      breakAt: 600,
      quarters: 2,
      clicked: true,
      skipped: false,
      millis: 1250,
      currency: 'jpy',
    });
    // Nobody stands there.
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`${viewer.userId}|ply_|prf_`));
    const sums = { impressions: 1, q1: 1, q2: 1, q3: 0, q4: 0, skips: 0, clicks: 1 };
    expect(await sumsOf(id)).toEqual({ hours: [sums], shown: 1 });

    // The rest comes late and all at once: the sums gain what is new, once.
    expect((await advert.mark('q4')).status).toBe(204);
    expect(await statuses([advert.mark('q3'), advert.mark('q1'), advert.mark('q4')])).toEqual([
      204, 204, 204,
    ]);
    await told(viewer);
    expect(await sumsOf(id)).toEqual({ hours: [{ ...sums, q3: 1, q4: 1 }], shown: 1 });
    expect((await rowsOf(id))[0]?.quarters).toBe(4);
    await told(viewer);
    expect(await sumsOf(id)).toEqual({ hours: [{ ...sums, q3: 1, q4: 1 }], shown: 1 });
  });

  it('a write that may have arrived is made again without counting twice; D1 being away loses nothing', async () => {
    const { advert, id, viewer } = await before();
    await advert.key();
    wait(60 * SECOND);
    await runInDurableObject(objectOf(viewer), async (object, state) => {
      const real = Reflect.get(object, 'env') as Env;
      const broken = new Proxy(real.DB, {
        get: (target, name) =>
          name === 'batch'
            ? async (...given: Parameters<D1Database['batch']>) => {
                await target.batch(...given); // it is written, and the answer is lost
                throw new Error('D1 went away');
              }
            : Reflect.get(target, name).bind(target),
      });
      Reflect.set(object, 'env', { ...env, DB: broken });
      await object.alarm!();
      Reflect.set(object, 'env', real);
      expect(await state.storage.getAlarm()).toBeGreaterThan(Date.now());
    });
    wait(20 * SECOND);
    await runDurableObjectAlarm(objectOf(viewer));
    expect((await sumsOf(id)).hours).toEqual([
      { impressions: 1, q1: 0, q2: 0, q3: 0, q4: 0, skips: 0, clicks: 0 },
    ]);
  });

  it('a skip counts where the plan allows it, and nothing more is seen then', async () => {
    const { advert, id, viewer } = await before();
    await advert.key();
    expect((await advert.mark('skip')).status).toBe(204); // nobody may: it is not counted
    wait(5 * SECOND);
    await advert.mark('q1');
    await told(viewer);
    expect((await rowsOf(id))[0]).toMatchObject({ skipped: false, quarters: 1 });

    await noCampaigns();
    const may = await before({}, { skipAds: true });
    await may.advert.key();
    expect(await statuses([may.advert.mark('skip'), may.advert.mark('skip')])).toEqual([204, 204]);
    wait(20 * SECOND);
    expect((await may.advert.mark('q4')).status).toBe(204);
    await told(may.viewer);
    expect((await rowsOf(may.id))[0]).toMatchObject({ skipped: true, quarters: 0 });
    expect((await sumsOf(may.id)).hours).toMatchObject([{ impressions: 1, q1: 0, skips: 1 }]);
  });

  it('what nobody came to gives its place in the day’s cap back, and the cap holds all the same', async () => {
    const { advert, id, viewer, film, playing } = await before({ capPerDay: 1 });
    expect(await playing.adverts(1)).toEqual([]); // the place is taken
    wait(31 * 60 * SECOND);
    const later = await watch(viewer, film.episodeId);
    const [second] = await later.adverts(0);
    expect((await second!.key()).status).toBe(200);
    expect((await advert.key()).status).toBe(404);
    await told(viewer);
    expect(await rowsOf(id)).toHaveLength(1);
  });

  it('of an account that is deleted nothing is kept here, and what was counted stays', async () => {
    const { advert, id, viewer } = await before();
    await advert.key();
    await platform(env).adverts.account(viewer.userId).forget();
    expect(await rowsOf(id)).toHaveLength(1);
    expect((await advert.key()).status).toBe(404);
    await runInDurableObject(objectOf(viewer), async (_object, { storage }) => {
      expect([...storage.kv.list()]).toEqual([]);
    });
  });
});
