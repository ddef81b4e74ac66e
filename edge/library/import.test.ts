import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { ImportReport, ListEntry, OwnList } from '../../schema/api/library.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { call } from '../testing/call.ts';
import { codeOf } from '../accounts/me/me.fixture.ts';
import { indexTitle } from '../search/index-title.ts';
import { db, fan, progressRows, titleWith, type Fan, type Made } from './library.fixture.ts';
import { writeMal } from './lists/mal.ts';
import { writeOwn } from './lists/own.ts';
import type { Listed } from './lists/listed.ts';

const nothing: Listed = {
  name: 'Nothing',
  names: [],
  titleId: null,
  malId: null,
  anilistId: null,
  year: null,
  state: 'planning',
  score: null,
  followed: null,
  rewatched: 0,
  notes: null,
  watched: 0,
  of: null,
  episodes: [],
  startedAt: null,
  finishedAt: null,
  updatedAt: null,
};
const send = (who: Fan, query: string, body: BodyInit) =>
  call('POST', `/api/me/import?${query}`, { token: who.token, body });
const take = async (who: Fan, query: string, body: BodyInit): Promise<ImportReport> => {
  const answer = await send(who, query, body);
  const text = await answer.clone().text();
  expect(answer.status, `answered ${text}`).toBe(200);
  return answer.json();
};
const mal = (rows: Partial<Listed>[]) =>
  writeMal(
    rows.map((row) => ({ ...nothing, ...row })),
    'x',
  );
let ids = 1_000_000;
const known = async (count: number, more: Parameters<typeof titleWith>[1] = {}) => {
  const malId = (ids += 1);
  return { malId, ...(await titleWith(count, { malId, anilistId: malId + 1_000_000, ...more })) };
};
const named = async (title: Made, ...names: string[]) => {
  const [first, ...rest] = indexTitle(db, title.id, { nameMain: names[0], synonyms: names.slice(1) });
  await db.batch([first!, ...rest]);
};

describe('an import', () => {
  it('takes over what it finds by ids and by names, and names the rest', async () => {
    const mio = await fan();
    const byId = await known(3);
    const byName = await titleWith(12);
    await named(byName, 'Shōnen no Natsu', '少年の夏');
    const [one, two] = [await titleWith(1), await titleWith(1, { year: 1999 })];
    await named(one, 'Namesake of Two');
    await named(two, 'Namesake of Two');
    const hidden = await known(1, { shownIn: '' });
    const report = await take(
      mio,
      'format=anilist',
      JSON.stringify([
        { media: { idMal: byId.malId, title: { romaji: 'X' } }, status: 'CURRENT', progress: 2, score: 80 },
        { media: { idMal: byId.malId, title: { romaji: 'X again' } }, status: 'PLANNING', mediaId: 7 },
        { mediaId: 9, status: 'COMPLETED', progress: 12, media: { title: { native: '少年の夏' } } },
        { mediaId: 10, status: 'PLANNING', media: { title: { romaji: 'Namesake of Two' } } },
        {
          mediaId: 11,
          status: 'PLANNING',
          media: { title: { romaji: 'Namesake of Two' }, seasonYear: 1999 },
        },
        { mediaId: 12, status: 'PLANNING', media: { title: { romaji: 'Never Heard' } } },
        { media: { idMal: hidden.malId, title: { romaji: 'Not Where You Are' } }, status: 'PLANNING' },
        { status: 'WHAT', media: { title: { romaji: 'Broken' } } },
      ]),
    );
    expect(report).toEqual({
      added: 3,
      changed: 0,
      kept: 0,
      episodes: 14,
      unmatched: [
        { name: 'Broken', why: 'unreadable' },
        { name: 'X again', why: 'unclear' },
        { name: 'Namesake of Two', why: 'unclear' },
        { name: 'Never Heard', why: 'not-here' },
        { name: 'Not Where You Are', why: 'not-here' },
      ],
    });
    expect((await mio.about(byId)).entry).toMatchObject({ state: 'watching', score: 8, watched: 2, of: 3 });
    expect((await mio.about(byId)).next).toMatchObject({ episodeId: byId.episodes[2] });
    expect((await mio.about(byName)).entry).toMatchObject({ state: 'completed', watched: 12 });
  });

  it('says what it would do, does it, and does nothing the second time', async () => {
    const mio = await fan();
    const titles = [await known(4), await known(4)];
    const file = mal([
      { malId: titles[0]!.malId, state: 'watching', watched: 3, score: 7, startedAt: Date.UTC(2020, 1, 2) },
      { malId: titles[1]!.malId, state: 'completed', watched: 4, notes: 'Good', rewatched: 2 },
    ]);
    const first = { added: 2, changed: 0, kept: 0, episodes: 7, unmatched: [] };
    expect(await take(mio, 'format=mal&try=1', file)).toEqual(first);
    expect((await mio.list()).items).toEqual([]);
    expect(await take(mio, 'format=mal', file)).toEqual(first);
    const [list, rows] = [await mio.list(), await progressRows(mio.profileId)];
    for (const existing of ['keep', 'newer', 'replace'])
      expect(await take(mio, `format=mal&existing=${existing}`, file)).toEqual({
        ...first,
        added: 0,
        kept: 2,
        episodes: 0,
      });
    expect(await mio.list()).toEqual(list);
    expect(await progressRows(mio.profileId)).toEqual(rows);
  });

  it('keeps, replaces, or takes what is newer; nothing seen is unseen', async () => {
    const [mio, title] = [await fan(), await known(2)];
    await mio.says(title, { state: 'completed', score: 9, followed: true });
    const file = (updatedAt: number) =>
      JSON.stringify([
        {
          status: 'PAUSED',
          score: 5,
          progress: 0,
          updatedAt: Math.floor(updatedAt / 1000),
          media: { idMal: title.malId },
        },
      ]);
    const old = Date.now() - 1e9;
    expect(await take(mio, 'format=anilist', file(old))).toMatchObject({ kept: 1, changed: 0 });
    expect(await take(mio, 'format=anilist&existing=newer', file(old))).toMatchObject({ kept: 1 });
    expect((await mio.about(title)).entry).toMatchObject({ state: 'completed', score: 9 });
    expect(await take(mio, 'format=anilist&existing=replace', file(old))).toMatchObject({ changed: 1 });
    expect((await mio.about(title)).entry).toMatchObject({
      state: 'paused',
      score: 5,
      followed: true,
      watched: 2,
    });
  });

  it('does not call completed what has more story here than there', async () => {
    const [mio, title] = [await fan(), await known(24)];
    await take(mio, 'format=mal', mal([{ malId: title.malId, state: 'completed', watched: 12, of: 12 }]));
    expect((await mio.about(title)).entry).toMatchObject({ state: 'watching', watched: 12, of: 24 });
  });

  it('goes to another account to the second, by places and not by ids', async () => {
    const [mio, ritsu, title] = [await fan(), await fan(), await known(3)];
    await mio.ask('POST', '/api/me/watched', { episodeId: title.episodes[0], watched: true });
    await env.DB.prepare('update progress set position = 61.5, completed = 0, at = 5 where profile_id = ?')
      .bind(mio.profileId)
      .run();
    await mio.says(title, { score: 4, notes: 'a\n]]>b', followed: true, rewatched: 1 });
    const file = await (await mio.ask('GET', '/api/me/watchlist/export?format=engawa')).text();
    expect(await take(ritsu, 'format=engawa', file)).toMatchObject({ added: 1, unmatched: [] });
    expect(await progressRows(ritsu.profileId)).toMatchObject([{ position: 61.5, completed: 0, at: 5 }]);
    const said = ({ entry }: { entry: ListEntry | null }) => ({ ...entry, updatedAt: 0 });
    expect(said(await ritsu.about(title))).toEqual(said(await mio.about(title)));
    for (const format of ['mal', 'anilist', 'engawa']) {
      const own = await (await mio.ask('GET', `/api/me/watchlist/export?format=${format}`)).text();
      expect(await take(mio, `format=${format}&existing=replace`, own)).toMatchObject({
        added: 0,
        changed: 0,
        kept: 1,
        episodes: 0,
        unmatched: [],
      });
    }
  });

  it('counts from the first season on: specials stand before nothing', async () => {
    const [mio, title] = [await fan(), await known(3)];
    await db.update(episodes).set({ season: 0 }).where(eq(episodes.id, title.episodes[0]!));
    await take(mio, 'format=mal', mal([{ malId: title.malId, state: 'watching', watched: 1 }]));
    expect(await progressRows(mio.profileId)).toMatchObject([{ episode_id: title.episodes[1] }]);
  });

  it('believes no time that is still to come: what is watched later counts', async () => {
    const [mio, title] = [await fan(), await known(2)];
    await mio.says(title, { state: 'watching' });
    const own = await (await mio.ask('GET', '/api/me/watchlist/export?format=engawa')).json<OwnList>();
    const reached = { position: 60, duration: 1440, completed: false };
    const ahead = Date.now() + 1_000_000_000;
    own.items[0]!.episodes = [{ season: 1, number: 1, ...reached, at: ahead }];
    await take(mio, 'format=engawa&existing=replace', JSON.stringify(own));
    const [row] = await progressRows(mio.profileId);
    expect(row!.at).toBeLessThanOrEqual(Date.now());
    await mio.ask('POST', '/api/me/watched', { episodeId: title.episodes[0], watched: true });
    expect((await mio.about(title)).entry).toMatchObject({ watched: 1 });
  });

  it('cuts long notes between characters, and refuses halves of some', async () => {
    const [mio, title] = [await fan(), await known(1)];
    const list = (notes: string) =>
      JSON.stringify([{ media: { idMal: title.malId }, status: 'PLANNING', notes }]);
    const long = list(`${'x'.repeat(1_999)}😀`);
    expect(await take(mio, 'format=anilist', long)).toMatchObject({ added: 1 });
    expect((await mio.about(title)).entry?.notes).toBe('x'.repeat(1_999));
    expect(await take(mio, 'format=anilist&existing=replace', long)).toMatchObject({ changed: 0, kept: 1 });
    expect(await codeOf(send(mio, 'format=anilist', list('\ud83d')))).toBe('invalid-request');
  });

  it('is unpacked, but not for ever; and what is no list is said to be none', async () => {
    const mio = await fan();
    const title = await known(1);
    const gzip = async (text: string) =>
      new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
    const packed = await gzip(mal([{ malId: title.malId, watched: 1, state: 'watching' }]));
    expect(await take(mio, 'format=mal', packed)).toMatchObject({ added: 1, episodes: 1 });
    expect(await codeOf(send(mio, 'format=mal', await gzip(' '.repeat(17 * 1024 * 1024))))).toBe('too-large');
    expect(await codeOf(send(mio, 'format=mal', packed.slice(0, 60)))).toBe('invalid-request');
    expect(await codeOf(send(mio, 'format=mal', '{}'))).toBe('invalid-request');
    expect(await codeOf(send(mio, 'format=anilist', '<a/>'))).toBe('invalid-request');
    expect(await codeOf(send(mio, 'format=engawa', '{"format":"other"}'))).toBe('invalid-request');
    expect(await codeOf(send(mio, 'format=csv', ''))).toBe('invalid-request');
    const empty = JSON.stringify(writeOwn([], 1));
    expect(await take(mio, 'format=engawa', empty)).toMatchObject({ added: 0, unmatched: [] });
  });

  it('takes ten thousand rows', async () => {
    const mio = await fan();
    const count = 10_000;
    const base = 5_000_000;
    const rows = JSON.stringify(Array.from({ length: count }, (_, i) => base + i));
    await env.DB.batch([
      env.DB.prepare(
        "insert into titles (id, slug, kind, name_main, status, age_rating, shown_in, mal_id, created_at, updated_at) select 'ttl_bulk' || value, 'bulk-' || value, 'series', 'Bulk ' || value, 'finished', 'all', '*', value, 1, 1 from json_each(?)",
      ).bind(rows),
      env.DB.prepare(
        "insert into seasons (id, title_id, number) select 'ssn_bulk' || value, 'ttl_bulk' || value, 1 from json_each(?)",
      ).bind(rows),
      env.DB.prepare(
        "insert into episodes (id, title_id, season_id, season, number, asset_id, published_at, duration, created_at, updated_at) select 'ep_bulk' || a.value || 'x' || b.value, 'ttl_bulk' || a.value, 'ssn_bulk' || a.value, 1, b.value, 'ast_bulk', 1, 1440, 1, 1 from json_each(?) a, json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') b",
      ).bind(rows),
    ]);
    const file = mal(
      Array.from({ length: count }, (_, i) => ({
        name: `一つの長い名前 Bulk ${i}`,
        malId: base + i,
        state: i % 2 ? ('completed' as const) : ('watching' as const),
        watched: i % 2 ? 12 : 6,
        score: 1 + (i % 10),
        notes: 'A note of some length, as people write them.',
      })),
    );
    const began = performance.now();
    const report = await take(mio, 'format=mal', file);
    const seconds = (performance.now() - began) / 1000;
    expect(report).toEqual({ added: count, changed: 0, kept: 0, episodes: 90_000, unmatched: [] });
    expect(await take(mio, 'format=mal&existing=replace', file)).toMatchObject({ kept: count, episodes: 0 });
    expect(seconds, `${(file.length / 1e6).toFixed(1)} MB took ${seconds.toFixed(1)} s`).toBeLessThan(60);
    const own = await mio.ask('GET', '/api/me/watchlist/export?format=engawa');
    expect((await own.json<{ items: unknown[] }>()).items).toHaveLength(count);
  }, 180_000);
});
