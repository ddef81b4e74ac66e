import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { AdminTitle } from '../../schema/api/editing.ts';
import type { Play } from '../../schema/api/playback.ts';
import { progress, watchlist } from '../../schema/db/library.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { sweep } from '../operations/sweeper.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { episodeWith, viewerWith, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

const db = database(env.DB);
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
// The objects of accounts run in this isolate, by this clock.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

const HOUR = 3_600_000;
const post = (id: string, what: 'publish' | 'unpublish', json?: object) =>
  call('POST', `/api/admin/titles/${id}/${what}`, { token, ...(json ? { json } : {}) });
const at = (now: number) =>
  Object.create(platform(env), { now: { value: () => now } }) as ReturnType<typeof platform>;

/** Whatever of the site could tell of a title by its name. */
async function seen(name: string, viewer: Awaited<ReturnType<typeof viewerWith>>): Promise<string[]> {
  const places: Record<string, string> = {
    list: '/api/titles?limit=100',
    page: `/api/titles/${name}`,
    similar: `/api/titles/${name}/similar`,
    episode: `/api/episodes/ep_${name}`,
    recent: '/api/episodes/recent?limit=100',
    schedule: `/api/schedule?from=0&to=${40 * 24 * HOUR}`,
    search: `/api/search?q=${name}`,
    suggest: `/api/search/suggest?q=${name}`,
    addresses: '/api/addresses',
    continue: '/api/me/continue',
    history: '/api/me/history',
    watchlist: '/api/me/watchlist',
    notices: '/api/me/notices',
    'for me': `/api/me/titles/ttl_${name}`,
    'what is related': '/api/titles/draftkin',
    'its page': `/titles/${name}`,
    'page of what is related': '/titles/draftkin',
    'page to watch it': `/watch/ep_${name}`,
    feed: '/feed.xml',
    sitemap: '/sitemaps/first.xml',
  };
  const found: string[] = [];
  for (const [place, path] of Object.entries(places)) {
    const answer = await viewer.ask('GET', path);
    if (answer.status === 200 && (await answer.text()).includes(name)) found.push(place);
  }
  return found;
}

it('a draft is seen by nobody, whatever its licences say, and by everybody once it is published', async () => {
  const name = 'draftword';
  const { episodeId } = await episodeWith(name, [worldWide], { airsAt: 20 * 24 * HOUR });
  const titleId = `ttl_${name}` as const;
  await episodeWith('draftkin', [worldWide]);
  const relation = `/api/admin/titles/${titleId}/relations/ttl_draftkin`;
  expect((await call('PUT', relation, { token, json: { kind: 'sequel' } })).status).toBe(200);
  await call('PATCH', `/api/admin/titles/${titleId}`, { token, json: { names: { english: name } } });
  const viewer = await viewerWith('draftviewer', 2);
  await viewer.ask('GET', '/api/me/profiles');
  const [profile] = await db.select().from(profiles).where(eq(profiles.userId, viewer.userId));
  const profileId = profile!.id;
  await db.insert(progress).values({
    profileId,
    episodeId,
    titleId,
    position: 100,
    duration: 1440,
    completed: false,
    at: 5,
  });
  await db.insert(watchlist).values({
    profileId,
    titleId,
    state: 'watching',
    followedAt: 0,
    watchedAt: 5,
    stateAt: 5,
    createdAt: 5,
    updatedAt: 5,
  });
  await db.update(episodes).set({ airsAt: 1 }).where(eq(episodes.id, episodeId));
  const shown = await seen(name, viewer);
  // Everywhere but among what is similar and what is new of what one follows, where nothing of it is.
  const everywhere =
    'addresses,continue,episode,feed,for me,history,its page,list,page,page of what is related,page to watch it,recent,schedule,search,sitemap,suggest,watchlist,what is related';
  expect(shown.toSorted().join()).toBe(everywhere);

  const answer = await post(titleId, 'unpublish');
  expect(await answer.json()).toMatchObject({ draft: true, publishAt: null });
  expect(await seen(name, viewer)).toEqual([]);
  // Word for word what stands where nothing is.
  const told = async (path: string) => {
    const answer = await call('GET', path);
    return [answer.status, { ...(await answer.json<object>()), instance: '' }];
  };
  for (const [there, nowhere] of [
    [`/api/titles/${name}`, '/api/titles/nowhere'],
    [`/api/titles/${name}/similar`, '/api/titles/nowhere/similar'],
    [`/api/episodes/${episodeId}`, '/api/episodes/ep_nowhere'],
  ])
    expect(await told(there!)).toEqual(await told(nowhere!));
  expect((await viewer.ask('POST', `/api/episodes/${episodeId}/hls`)).status).toBe(404);
  const decision = await call('GET', `/api/admin/episodes/${episodeId}/decision?country=JP&age=18`, {
    token,
  });
  expect(await decision.json()).toMatchObject({ granted: false, reason: 'not-found' });

  // A licence that comes meanwhile does not bring it out, nor does the sweeper.
  const licence = { territoryMode: 'exclude', countries: [], models: ['subscription'] };
  await call('POST', `/api/admin/titles/${titleId}/licences`, {
    token: await bearer('admin'),
    json: licence,
  });
  await sweep(platform(env));
  expect(await seen(name, viewer)).toEqual([]);

  await post(titleId, 'publish');
  expect(await seen(name, viewer)).toEqual(shown);
});

it('whoever watches a title that becomes a draft stops', async () => {
  const { episodeId } = await episodeWith('stops', [worldWide]);
  const viewer = await viewerWith('stopped', 1);
  const answer = await viewer.ask('POST', `/api/episodes/${episodeId}/hls`);
  expect(answer.status).toBe(200);
  const { masterUrl } = await answer.json<Play>();
  const key = () => call('GET', new URL(masterUrl).pathname.replace('master.m3u8', 'key/0'));
  expect((await key()).status).toBe(200);
  await post('ttl_stops', 'unpublish');
  expect(await (await key()).json()).toMatchObject({ code: 'stream-ended', because: 'taken-down' });
});

it('whoever watches a title that was refused to become a draft goes on', async () => {
  const { episodeId } = await episodeWith('goeson', [worldWide]);
  const viewer = await viewerWith('goingon', 1);
  const { masterUrl } = await (await viewer.ask('POST', `/api/episodes/${episodeId}/hls`)).json<Play>();
  const key = () => call('GET', new URL(masterUrl).pathname.replace('master.m3u8', 'key/0'));
  await db.update(titles).set({ updatedAt: 9 }).where(eq(titles.id, 'ttl_goeson'));
  const draft = async (asOf: number) => {
    const json = { ids: ['ttl_goeson'], draft: true, asOf };
    return (await call('POST', '/api/admin/titles/bulk', { token, json })).json();
  };
  expect(await draft(8)).toMatchObject({ items: [{ fate: 'refused' }] }); // somebody has changed it since
  expect((await key()).status).toBe(200);
  expect(await draft(9)).toMatchObject({ items: [{ fate: 'changed' }] });
  expect(await (await key()).json()).toMatchObject({ code: 'stream-ended', because: 'taken-down' });
});

it('an undo that broke off before it had ended what plays ends that when it is asked for again', async () => {
  const { episodeId } = await episodeWith('undone', [worldWide]);
  await post('ttl_undone', 'unpublish');
  const published = await post('ttl_undone', 'publish');
  const viewer = await viewerWith('undoneviewer', 1);
  const { masterUrl } = await (await viewer.ask('POST', `/api/episodes/${episodeId}/hls`)).json<Play>();
  const key = () => call('GET', new URL(masterUrl).pathname.replace('master.m3u8', 'key/0'));
  expect((await key()).status).toBe(200);
  await db.update(titles).set({ draft: true }).where(eq(titles.id, 'ttl_undone')); // as far as it came
  const undo = `/api/admin/changes/${published.headers.get('x-request-id')}/undo`;
  expect(await (await call('POST', undo, { token })).json()).toEqual({ request: null, rows: 0 });
  expect(await (await key()).json()).toMatchObject({ code: 'stream-ended', because: 'taken-down' });
});

it('a title that cannot be reckoned keeps none of those behind it from the site', async () => {
  for (const name of ['broken', 'behind']) await episodeWith(name, [worldWide]);
  const good = await env.DB.prepare("select countries from licences where title_id = 'ttl_broken'").first<{
    countries: string;
  }>();
  const set = env.DB.prepare("update licences set countries = ? where title_id = 'ttl_broken'");
  await set.bind('no JSON').run();
  await db.update(titles).set({ shownIn: '', shownUntil: 1 }).where(eq(titles.id, 'ttl_broken'));
  await db.update(titles).set({ shownIn: '', shownUntil: 2 }).where(eq(titles.id, 'ttl_behind'));
  await sweep(platform(env));
  const shownIn = async (id: 'ttl_broken' | 'ttl_behind') =>
    (await db.select({ is: titles.shownIn }).from(titles).where(eq(titles.id, id)))[0]!.is;
  expect(await shownIn('ttl_behind')).toBe('*');
  expect(await shownIn('ttl_broken')).toBe('');
  const failed = await env.DB.prepare(
    "select error from sweep_failures where sweep = 'sweepListings'",
  ).first();
  expect(failed).not.toBeNull();
  await set.bind(good!.countries).run();
  await sweep(platform(env));
  expect(await shownIn('ttl_broken')).toBe('*');
});

it('a draft is published when its time comes, once, however many sweep', async () => {
  const made = await call('POST', '/api/admin/titles', {
    token,
    json: { names: { main: 'Comes Later' }, draft: true },
  });
  const { id, revision, draft } = await made.json<AdminTitle>();
  expect(draft).toBe(true);
  const when = Date.now() + HOUR;
  for (let twice = 0; twice < 2; twice++)
    expect(await (await post(id, 'publish', { at: when })).json()).toMatchObject({
      draft: true,
      publishAt: when,
      revision: revision + 1,
    });
  await sweep(at(when - 1));
  const now = async () => (await call('GET', `/api/admin/titles/${id}`, { token })).json<AdminTitle>();
  expect(await now()).toMatchObject({ draft: true, publishAt: when });
  await Promise.all([sweep(at(when)), sweep(at(when + 1))]);
  await sweep(at(when + 2));
  expect(await now()).toMatchObject({ draft: false, publishAt: null, revision: revision + 2 });
  // What is on the site is not to come.
  expect((await post(id, 'publish', { at: when + HOUR })).status).toBe(409);
  expect((await post(id, 'publish')).status).toBe(200);
});

it('what was to be published later is taken back', async () => {
  const made = await call('POST', '/api/admin/titles', {
    token,
    json: { names: { main: 'Comes Never' }, draft: true },
  });
  const { id } = await made.json<AdminTitle>();
  const when = Date.now() + HOUR;
  await post(id, 'publish', { at: when });
  expect(await (await post(id, 'unpublish')).json()).toMatchObject({ draft: true, publishAt: null });
  await sweep(at(when));
  const now = await call('GET', `/api/admin/titles/${id}`, { token });
  expect(await now.json()).toMatchObject({ draft: true });
});
