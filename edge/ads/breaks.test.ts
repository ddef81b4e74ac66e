import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { plans, subscriptions } from '../../schema/db/billing.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { database } from '../platform/db.ts';
import { nothingPlays, packageFor, viewerWith } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { campaign, creative, interrupted, noCampaigns, watch } from './ads.fixture.ts';
import { breaksFor, isChilds } from './breaks.ts';

const db = database(env.DB);
const text = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return answer.text();
};
const mentions = /DATERANGE|PROGRAM-DATE-TIME|interstitial|breaks\//;

afterEach(noCampaigns);

describe('where a play is interrupted', () => {
  const pkg = packageFor('ast_x');
  const grown = { ads: true, ageCeiling: '18' } as const;

  it('only what is paid for by advertising, never on a child’s profile', () => {
    expect(breaksFor(grown, [0, 600], pkg)).toEqual([0, 600]);
    expect(breaksFor({ ...grown, ads: false }, [0, 600], pkg)).toEqual([]);
    for (const ageCeiling of ageRatings)
      expect(breaksFor({ ads: true, ageCeiling }, [600], pkg)).toEqual(isChilds(ageCeiling) ? [] : [600]);
    expect(ageRatings.filter(isChilds)).toEqual(['all', '7', '12']);
  });

  it('a mark beside a segment’s beginning is moved there, others stay; one after the end is none', () => {
    expect(breaksFor(grown, [599.6, 700.4, 806.3, 1440, 2000], pkg)).toEqual([600, 700.4, 806.3]);
  });
});

describe('playlists', () => {
  const renditions = ['v360', 'v720', 'v1080', 'a0-ja', 's0-en'];

  it('of who watches with advertising say where the breaks are; everybody else’s never mention them', async () => {
    const both = { models: ['ads', 'subscription'] } as const;
    const { episodeId } = await interrupted('both', [0, 603.25], { models: [...both.models] });
    const [free, paying] = [await viewerWith('adsfree', 2), await viewerWith('adspaying', 2)];
    await db.delete(subscriptions).where(eq(subscriptions.userId, free.userId));
    const [withAds, without] = [await watch(free, episodeId), await watch(paying, episodeId)];
    expect(withAds.play.ads).toEqual({ breaks: [0, 603.25], skippable: false });
    expect(without.play.ads).toBeNull();

    // What subscribers get is what they got before there were breaks, byte for byte.
    const bare = new Map<string, string>();
    for (const id of renditions) bare.set(id, await text(await without.get(`${id}.m3u8`)));
    await db.update(episodes).set({ breaks: null }).where(eq(episodes.id, episodeId));
    await nothingPlays(paying.userId);
    const unmarked = await watch(paying, episodeId);
    for (const id of renditions) {
      expect(bare.get(id)).not.toMatch(mentions);
      expect(await text(await unmarked.get(`${id}.m3u8`))).toBe(bare.get(id));
    }

    for (const id of renditions) {
      const lines = (await text(await withAds.get(`${id}.m3u8`))).split('\n');
      const own = lines.filter((line) => mentions.test(line));
      expect(own[0]).toBe('#EXT-X-PROGRAM-DATE-TIME:2000-01-01T00:00:00.000Z');
      expect(own.slice(1)).toEqual(
        id.startsWith('v')
          ? [
              '#EXT-X-DATERANGE:ID="break-0",CLASS="com.apple.hls.interstitial",START-DATE="2000-01-01T00:00:00.000Z",CUE="PRE,ONCE",' +
                'X-ASSET-LIST="breaks/0.json",X-RESUME-OFFSET=0,X-PLAYOUT-LIMIT=120,X-RESTRICT="SKIP,JUMP"',
              '#EXT-X-DATERANGE:ID="break-1",CLASS="com.apple.hls.interstitial",START-DATE="2000-01-01T00:10:03.250Z",CUE="ONCE",' +
                'X-ASSET-LIST="breaks/1.json",X-RESUME-OFFSET=0,X-PLAYOUT-LIMIT=120,X-RESTRICT="SKIP,JUMP"',
            ]
          : [],
      );
      // Nothing else differs: the same segments and keys.
      expect(lines.filter((line) => !mentions.test(line)).join('\n')).toBe(bare.get(id));
    }
    expect(await text(await withAds.get('master.m3u8'))).toBe(await text(await without.get('master.m3u8')));
  });

  it('a plan that lets one skip says so', async () => {
    const { episodeId } = await interrupted('skippable', [300]);
    const viewer = await viewerWith('adskipper', 2);
    await db.update(plans).set({ skipAds: true }).where(eq(plans.id, 'adskipper'));
    const { play, get } = await watch(viewer, episodeId);
    expect(play.ads).toEqual({ breaks: [300], skippable: true });
    const playlist = await text(await get('v360.m3u8'));
    expect(playlist).toContain('X-ASSET-LIST="breaks/0.json"');
    expect(playlist).not.toContain('X-RESTRICT');
    // Another play, whose plan lets nobody skip, gets its own.
    const other = await watch(await viewerWith('adsitter', 2), episodeId);
    expect(await text(await other.get('v360.m3u8'))).toContain('X-RESTRICT="SKIP,JUMP"');
  });

  it('a child watches the same without', async () => {
    const { episodeId } = await interrupted('forchildren', [0, 300]);
    const viewer = await viewerWith('adchild', 2);
    expect((await watch(viewer, episodeId)).play.ads).not.toBeNull();
    await db.update(profiles).set({ ageCeiling: '12' }).where(eq(profiles.userId, viewer.userId));
    const { play, get } = await watch(viewer, episodeId);
    expect(play.ads).toBeNull();
    expect(await text(await get('v360.m3u8'))).not.toMatch(mentions);
    expect((await get('breaks/0.json')).status).toBe(404);
  });

  it('with a break before it begins there is no first picture to start with', async () => {
    const viewer = await viewerWith('adfirst', 2);
    const { episodeId: pre } = await interrupted('preroll', [0, 300]);
    const { episodeId: mid } = await interrupted('midroll', [300]);
    expect((await watch(viewer, pre, 'JP', { start: true, position: 400 })).play.start).toBeNull();
    expect((await watch(viewer, mid, 'JP', { start: true })).play.start).not.toBeNull();
  });
});

describe('who is shown what', () => {
  let viewer: Awaited<ReturnType<typeof viewerWith>>;
  let count = 0;
  beforeEach(async () => (viewer = await viewerWith(`adviewer${count++}`, 20)));

  it('one that fits, the same when asked again; nothing where none does', async () => {
    const { episodeId } = await interrupted('shown', [0, 600, 700]);
    const { adverts, get } = await watch(viewer, episodeId);
    expect(await adverts(0)).toEqual([]);
    expect((await get('breaks/3.json')).status).toBe(404);
    await campaign({ creativeEpisodeId: await creative('tea'), clickUrl: 'https://tea.example/' });
    const [first, again] = [await adverts(1), await adverts(1)];
    expect(first).toHaveLength(1);
    expect(first[0]).toMatchObject({
      seconds: 20,
      told: { advertiser: 'Kotori Tea', clickUrl: 'https://tea.example/' },
    });
    expect(again.map(({ uri }) => uri)).toEqual(first.map(({ uri }) => uri));
    expect(await adverts(0)).toEqual([]); // decided before there was any
    const both = await Promise.all([adverts(2), adverts(2)]);
    expect(both[0].map(({ uri }) => uri)).toEqual(both[1].map(({ uri }) => uri));
    expect(both[0]).toHaveLength(1);
  });

  it('goes by country, by what is heard, by title and by rating', async () => {
    const { episodeId, titleId } = await interrupted('target', [600]);
    const film = await creative('targeted');
    const shown = async (fields: Parameters<typeof campaign>[0], country = 'JP') => {
      await noCampaigns();
      await campaign({ ...fields, creativeEpisodeId: film });
      const { adverts } = await watch(viewer, episodeId, country);
      return (await adverts(0)).length === 1;
    };
    expect(await shown({ countries: ['JP'] })).toBe(true);
    expect(await shown({ countries: ['JP'] }, 'DE')).toBe(false);
    expect(await shown({ languages: ['ja'] })).toBe(true);
    expect(await shown({ languages: ['en'] })).toBe(false);
    expect(await shown({ titleIds: [titleId] })).toBe(true);
    expect(await shown({ titleIds: ['ttl_another'] })).toBe(false);
    expect(await shown({ mostRating: '7' })).toBe(true);
    expect(await shown({ leastRating: '12' })).toBe(false);
  });

  it('nothing that is unpublished, in the catalogue or too long', async () => {
    const { episodeId } = await interrupted('faulty', [600]);
    await campaign({ creativeEpisodeId: await creative('toolong', 91) });
    const listed = await interrupted('listed', []);
    await campaign({ creativeEpisodeId: listed.episodeId });
    expect(await (await watch(viewer, episodeId)).adverts(0)).toEqual([]);
  });

  it('a viewer sees a campaign as often a day as it says, exactly, also side by side', async () => {
    const { episodeId } = await interrupted('capped', [0, 300, 600, 900]);
    await campaign({ creativeEpisodeId: await creative('often'), capPerDay: 3 });
    const watching = [await watch(viewer, episodeId), await watch(viewer, episodeId)];
    const all = await Promise.all(watching.flatMap(({ adverts }) => [0, 1, 2, 3].map((n) => adverts(n))));
    expect(all.flat()).toHaveLength(3);
  });

  it('a break has its length', async () => {
    const { episodeId } = await interrupted('long', [600]);
    for (const [i, seconds] of [80, 50, 30, 10].entries())
      await campaign({ creativeEpisodeId: await creative(`len${i}`, seconds), priority: 9 - i });
    const shown = await (await watch(viewer, episodeId)).adverts(0);
    expect(shown.map(({ seconds }) => seconds)).toEqual([80, 30, 10]);
  });
});

describe('marking breaks', () => {
  const put = async (id: string, breaks: unknown) =>
    call('PUT', `/api/admin/episodes/${id}/breaks`, { token: await bearer('editor'), json: { breaks } });

  it('is for editors, in order, apart, within the episode; and can be taken back', async () => {
    const { episodeId } = await interrupted('marked', []);
    await db.update(episodes).set({ duration: 1440 }).where(eq(episodes.id, episodeId));
    const viewer = await call('PUT', `/api/admin/episodes/${episodeId}/breaks`, {
      token: await bearer('viewer'),
      json: { breaks: [] },
    });
    expect(viewer.status).toBe(403);
    for (const wrong of [
      [600, 300],
      [300, 330],
      [-1],
      [0, 59],
      [1440],
      [NaN],
      Array.from({ length: 13 }, (_, i) => i * 100),
    ])
      expect((await put(episodeId, wrong)).status).toBe(400);
    expect((await put('ep_nothing', [300])).status).toBe(404);
    const set = await put(episodeId, [0, 300.1234]);
    expect(await set.json()).toEqual({ breaks: [0, 300.123] });
    const read = await call('GET', `/api/admin/episodes/${episodeId}/breaks`, {
      token: await bearer('editor'),
    });
    expect(await read.json()).toEqual({ breaks: [0, 300.123] });
    const request = set.headers.get('x-request-id');
    const undone = await call('POST', `/api/admin/changes/${request}/undo`, {
      token: await bearer('admin'),
      json: {},
    });
    expect(undone.status).toBe(200);
    const after = await call('GET', `/api/admin/episodes/${episodeId}/breaks`, {
      token: await bearer('editor'),
    });
    expect(await after.json()).toEqual({ breaks: [] });
  });
});
