import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Marked, Notices } from '../../schema/api/library.ts';
import type { Id } from '../../schema/ids.ts';
import { codeOf } from '../accounts/me/me.fixture.ts';
import { newId } from '../platform/clock.ts';
import { streams } from '../platform/streams.ts';
import type { Asked } from '../playback/leases.ts';
import {
  comesOut,
  db,
  fan,
  LENGTH,
  MINUTE,
  progressRows,
  titleWith,
  type Fan,
  type Made,
} from './library.fixture.ts';
import { listMoves } from './list-moves.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { progress } from '../../schema/db/library.ts';

/** A sitting that was written: where they were, and when. */
async function watched(
  who: Fan,
  title: Made,
  number: number,
  { position = LENGTH, at = Date.now() }: { position?: number; at?: number } = {},
): Promise<void> {
  const completed = position >= LENGTH;
  const episodeId = title.episodes[number - 1]!;
  const row = {
    profileId: who.profileId,
    episodeId,
    titleId: title.id,
    position,
    duration: LENGTH,
    completed,
    at,
  };
  await db
    .insert(progress)
    .values(row)
    .onConflictDoUpdate({
      target: [progress.profileId, progress.episodeId],
      set: { position, at },
    });
  const place = { profileId: who.profileId, titleId: title.id };
  const [first, ...rest] = listMoves(db, place, { at, since: at - MINUTE, completed });
  await db.batch([first!, ...rest]);
}

/** A sitting that goes on: the account's object knows of it, D1 does not. */
async function isWatching(who: Fan, title: Made, number: number, position: number) {
  const account = streams(env).account(who.userId);
  const asked: Asked = {
    sessionId: newId('playback'),
    userId: who.userId,
    episodeId: title.episodes[number - 1]!,
    titleId: title.id,
    assetId: newId('asset'),
    profileId: who.profileId,
    licenceId: newId('licence'),
    signInId: null,
    seat: null,
    planId: null,
    country: 'JP',
    title: 'An episode',
    device: 'A browser',
    limit: 4,
    startedAt: Date.now(),
    until: Date.now() + 60 * MINUTE,
    duration: LENGTH,
    periodSeconds: 60,
    takeOver: null,
  };
  await account.begin(asked);
  await account.heartbeat(asked.sessionId, { position, number: 1, stopped: false });
  return {
    at: (seconds: number, number: number) =>
      account.heartbeat(asked.sessionId, { position: seconds, number, stopped: false }),
    isWritten: () => account.settle(),
  };
}

describe('what to continue with', () => {
  it('resumes what is in the middle, and goes to the next of what was finished', async () => {
    const [mio, a, b] = [await fan(), await titleWith(3), await titleWith(3)];
    await watched(mio, a, 1, { at: 1_000_000 });
    await watched(mio, b, 2, { position: 300, at: 2_000_000 });
    expect(await mio.goesOnWith()).toMatchObject([
      {
        title: { id: b.id },
        episode: { id: b.episodes[1], name: 'Name 2' },
        why: 'resume',
        position: 300,
        at: 2_000_000,
      },
      { title: { id: a.id }, episode: { id: a.episodes[1] }, why: 'next', position: null, at: 1_000_000 },
    ]);
  });

  it('has specials in their place', async () => {
    const mio = await fan();
    const title = await titleWith(3, {}, (n) =>
      n === 3 ? { season: 0, number: 1, kind: 'special', airsAt: 15 } : { airsAt: n * 10 },
    );
    await watched(mio, title, 1);
    expect((await mio.goesOnWith())[0]!.episode.id).toBe(title.episodes[2]);
  });

  it('is new when something came out since, for who was up to date and for who follows', async () => {
    const [mio, upToDate, followed, dropped, completed] = [
      await fan(),
      await titleWith(1, { status: 'airing' }),
      await titleWith(1),
      await titleWith(1),
      await titleWith(1),
    ];
    for (const title of [upToDate, followed, dropped, completed]) await watched(mio, title, 1, { at: 5_000 });
    await mio.says(followed, { followed: true });
    await mio.says(dropped, { followed: true, state: 'dropped' });
    expect(await mio.goesOnWith()).toEqual([]);
    for (const title of [upToDate, followed, dropped, completed]) await comesOut(title, 2);
    const items = await mio.goesOnWith();
    expect(items.map(({ why }) => why)).toEqual(['new', 'new']);
    expect(new Set(items.map(({ title }) => title.id))).toEqual(new Set([upToDate.id, followed.id]));
  });

  it('loses what is dropped, paused or completed, and what may not be shown', async () => {
    const mio = await fan();
    const shown = await titleWith(2);
    const hidden = await titleWith(2, { shownIn: '' });
    const down = await titleWith(2, {}, (n) => (n === 2 ? { takenDownAt: 1 } : {}));
    for (const title of [shown, hidden, down]) await watched(mio, title, 1);
    expect((await mio.goesOnWith()).map(({ title }) => title.id)).toEqual([shown.id]);
    for (const state of ['dropped', 'paused', 'completed']) {
      await mio.says(shown, { state });
      expect(await mio.goesOnWith()).toEqual([]);
    }
  });

  it('knows a sitting that goes on, on any device; in one round trip for what was watched and one for its cards', async () => {
    const [mio, known, fresh] = [await fan(), await titleWith(2), await titleWith(2)];
    await watched(mio, known, 1, { position: 100, at: Date.now() - MINUTE });
    await isWatching(mio, known, 1, 700);
    expect(await mio.goesOnWith()).toMatchObject([{ why: 'resume', position: 700 }]);
    await isWatching(mio, fresh, 1, 50);
    expect(await mio.goesOnWith()).toMatchObject([
      { title: { id: fresh.id }, position: 50 },
      { title: { id: known.id }, position: 700 },
    ]);
    expect((await mio.history()).items.map(({ position }) => position)).toEqual([50, 700]);
    const { progress: rows, next } = await mio.about(known);
    expect(rows).toMatchObject([{ position: 700 }]);
    expect(next).toMatchObject({ position: 700, first: false });
  });
});

describe('history', () => {
  it('goes page by page', async () => {
    const [mio, title] = [await fan(), await titleWith(5)];
    for (let n = 1; n <= 5; n++) await watched(mio, title, n, { at: n * 1_000 });
    const first = await mio.history('?limit=3');
    expect(first.items.map(({ at }) => at)).toEqual([5_000, 4_000, 3_000]);
    const second = await mio.history(`?limit=3&cursor=${first.next}`);
    expect(second.items.map(({ at }) => at)).toEqual([2_000, 1_000]);
    expect(second.next).toBe(null);
  });

  it('forgets one, and all, and nothing of it comes back', async () => {
    const [mio, title] = [await fan(), await titleWith(3)];
    await watched(mio, title, 1);
    const sitting = await isWatching(mio, title, 2, 600);
    await sitting.isWritten();
    await sitting.at(700, 2);
    expect(await codeOf(mio.ask('DELETE', `/api/me/history/${title.episodes[1]}`))).toBe(204);
    expect((await mio.history()).items.map(({ episode }) => episode.number)).toEqual([1]);
    await sitting.isWritten();
    expect(await progressRows(mio.profileId)).toHaveLength(1);
    // Whoever plays on is somewhere again.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await sitting.at(800, 3);
    expect((await mio.history()).items.map(({ position }) => position)).toEqual([800, LENGTH]);
    expect(await codeOf(mio.ask('DELETE', '/api/me/history'))).toBe(204);
    await sitting.isWritten();
    expect(await mio.history()).toEqual({ items: [], next: null });
    expect(await mio.goesOnWith()).toEqual([]);
    expect((await mio.list()).items).toHaveLength(1);
  });
});

describe('the list', () => {
  it('changes only what is named', async () => {
    const [mio, title] = [await fan(), await titleWith(2)];
    expect(await mio.says(title, {})).toMatchObject({
      state: 'planning',
      score: null,
      followed: false,
      of: 2,
      watched: 0,
    });
    await mio.says(title, { score: 8, notes: 'よい' });
    const entry = await mio.says(title, { followed: true });
    expect(entry).toMatchObject({ state: 'planning', score: 8, notes: 'よい', followed: true });
    expect(await mio.says(title, { score: null, followed: false })).toMatchObject({
      score: null,
      followed: false,
    });
    expect(await codeOf(mio.ask('PUT', `/api/me/watchlist/${title.id}`, { score: 11 }))).toBe(
      'invalid-request',
    );
    expect(await codeOf(mio.ask('PUT', `/api/me/watchlist/${newId('title')}`, {}))).toBe('not-found');
    expect(await codeOf(mio.ask('DELETE', `/api/me/watchlist/${title.id}`))).toBe(204);
    expect((await mio.about(title)).entry).toBe(null);
  });

  it('is sorted and narrowed, page by page', async () => {
    const mio = await fan();
    for (const [nameMain, score] of [
      ['b', 5],
      ['A', 9],
      ['C', null],
    ] as const)
      await mio.says(await titleWith(0, { nameMain }), { score });
    const names = async (query: string) => (await mio.list(query)).items.map(({ title }) => title.names.main);
    expect(await names('?sort=name')).toEqual(['A', 'b', 'C']);
    expect(await names('?sort=score')).toEqual(['A', 'b', 'C']);
    expect(await names('?sort=updated&state=planning')).toEqual(['C', 'A', 'b']);
    expect(await names('?state=dropped')).toEqual([]);
    for (const sort of ['name', 'score', 'updated']) {
      const first = await mio.list(`?sort=${sort}&limit=2`);
      const second = await mio.list(`?sort=${sort}&limit=2&cursor=${first.next}`);
      expect(new Set([...first.items, ...second.items].map(({ title }) => title.id)).size).toBe(3);
    }
    expect(await codeOf(mio.ask('GET', '/api/me/watchlist?sort=name&cursor=W10'))).toBe('invalid-request');
  });

  it('moves as things are watched', async () => {
    const [mio, title] = [await fan(), await titleWith(2)];
    const state = async () => (await mio.about(title)).entry!;
    await mio.says(title, { state: 'planning' });
    await watched(mio, title, 1, { position: 500, at: Date.now() + 1 });
    expect(await state()).toMatchObject({ state: 'watching' });
    await watched(mio, title, 1, { at: Date.now() + 2 });
    await watched(mio, title, 2, { at: Date.now() + 3 });
    // The first row says that it was not seen to its end; it was.
    await db.update(progress).set({ completed: true });
    await watched(mio, title, 2, { at: Date.now() + 4 });
    expect(await state()).toMatchObject({
      state: 'completed',
      finishedAt: expect.any(Number),
      watched: 2,
      of: 2,
    });
  });

  it('leaves what was said by hand: a sitting from before changes nothing, and a dropped title is not picked up by playing on', async () => {
    const [mio, title] = [await fan(), await titleWith(3)];
    const began = Date.now() - MINUTE;
    await mio.says(title, { state: 'dropped' });
    await watched(mio, title, 1, { at: Date.now() + 10 }); // began a minute before
    expect((await mio.about(title)).entry).toMatchObject({ state: 'dropped' });
    await mio.says(title, { state: 'paused' });
    await watched(mio, title, 2, { at: began });
    expect((await mio.about(title)).entry).toMatchObject({ state: 'paused' });
    await mio.says(title, { state: 'dropped' });
    await watched(mio, title, 1, { at: Date.now() + 2 * MINUTE });
    expect((await mio.about(title)).entry).toMatchObject({ state: 'watching' });
  });

  it('completed by hand is seen', async () => {
    const [mio, title] = [await fan(), await titleWith(3)];
    expect(await mio.says(title, { state: 'completed' })).toMatchObject({
      watched: 3,
      of: 3,
      finishedAt: expect.any(Number),
    });
    expect((await mio.about(title)).progress.every(({ completed }) => completed)).toBe(true);
  });

  it('does not get back by a late sitting what was taken off it', async () => {
    const [mio, title] = [await fan(), await titleWith(2)];
    const sitting = await isWatching(mio, title, 1, 600);
    expect(await codeOf(mio.ask('DELETE', `/api/me/watchlist/${title.id}`))).toBe(204);
    await sitting.isWritten();
    expect((await mio.about(title)).entry).toBe(null);
    expect(await progressRows(mio.profileId)).toHaveLength(1);
  });
});

describe('marks', () => {
  const mark = async (who: Fan, json: unknown) =>
    (await who.ask('POST', '/api/me/watched', json)).json<Marked>();

  it('mark up to here, and are taken back to the second', async () => {
    const [mio, title] = [await fan(), await titleWith(4, { status: 'airing' })];
    await watched(mio, title, 2, { position: 300, at: 1_000 });
    const before = await progressRows(mio.profileId);
    const marked = await mark(mio, { episodeId: title.episodes[2], watched: true, upTo: true });
    expect(marked.changed).toBe(3);
    expect((await mio.about(title)).entry).toMatchObject({ state: 'watching', watched: 3 });
    expect(await mio.goesOnWith()).toMatchObject([{ episode: { number: 4 }, why: 'next' }]);
    expect((await mark(mio, { episodeId: title.episodes[2], watched: true, upTo: true })).changed).toBe(0);
    expect(await codeOf(mio.ask('POST', '/api/me/watched/undo', { before: marked.before }))).toBe(204);
    expect(await progressRows(mio.profileId)).toEqual(before);
  });

  it('taken back leave no title on the list that only they had put there', async () => {
    const [mio, said, own] = [await fan(), await titleWith(2), await titleWith(2)];
    const byHand = await titleWith(2);
    await mio.says(byHand, { state: 'watching' });
    for (const title of [said, own, byHand]) {
      const { before } = await mark(mio, { episodeId: title.episodes[1], watched: true, upTo: true });
      expect((await mio.about(title)).entry).toMatchObject({ watched: 2 });
      if (title === said) await mio.says(title, { score: 7 });
      expect(await codeOf(mio.ask('POST', '/api/me/watched/undo', { before }))).toBe(204);
    }
    expect((await mio.about(own)).entry).toBe(null);
    for (const title of [said, byHand])
      expect((await mio.about(title)).entry).toMatchObject({ state: 'watching', watched: 0 });
    expect(await progressRows(mio.profileId)).toEqual([]);
  });

  it('are not moved backwards by a late message', async () => {
    const [mio, title] = [await fan(), await titleWith(2)];
    const sitting = await isWatching(mio, title, 1, 100);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const marked = await mark(mio, { episodeId: title.episodes[0], watched: true });
    expect(marked.before).toMatchObject([{ progress: { position: 100 } }]);
    await sitting.isWritten();
    expect(await progressRows(mio.profileId)).toMatchObject([{ position: LENGTH, completed: 1 }]);
    await mark(mio, { episodeId: title.episodes[0], watched: false });
    await sitting.isWritten();
    expect(await progressRows(mio.profileId)).toEqual([]);
  });

  it('taken back open no completed title for an episode that nobody can see', async () => {
    const [mio, title] = [await fan(), await titleWith(3)];
    const [, gone, special] = title.episodes;
    await db.update(episodes).set({ takenDownAt: 1 }).where(eq(episodes.id, gone!));
    await db.update(episodes).set({ kind: 'special' }).where(eq(episodes.id, special!));
    await mio.says(title, { state: 'completed' });
    const { before } = await mark(mio, { episodeId: special, watched: true });
    expect(await codeOf(mio.ask('POST', '/api/me/watched/undo', { before }))).toBe(204);
    expect((await mio.about(title)).entry).toMatchObject({ state: 'completed' });
  });

  it('complete a title and open it again', async () => {
    const [mio, title] = [await fan(), await titleWith(2)];
    await mark(mio, { episodeId: title.episodes[1], watched: true, upTo: true });
    expect((await mio.about(title)).entry).toMatchObject({ state: 'completed' });
    await mark(mio, { episodeId: title.episodes[1], watched: false });
    expect((await mio.about(title)).entry).toMatchObject({ state: 'watching', finishedAt: null, watched: 1 });
    expect(
      await codeOf(mio.ask('POST', '/api/me/watched', { episodeId: newId('episode'), watched: true })),
    ).toBe('not-found');
  });
});

describe('notices', () => {
  it('are what came out of followed titles since, seen once for all devices', async () => {
    const [mio, title, other] = [await fan(), await titleWith(1), await titleWith(1)];
    await mio.says(title, { followed: true });
    await mio.says(other, {});
    const read = async () => (await mio.ask('GET', '/api/me/notices')).json<Notices>();
    expect(await read()).toEqual({ items: [], unseen: 0 });
    const at = Date.now() + 10;
    const episode = await comesOut(title, 2, at);
    await comesOut(other, 2, at);
    const { items, unseen } = await read();
    expect(items).toMatchObject([{ episode: { id: episode }, at, unseen: true }]);
    expect(unseen).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await codeOf(mio.ask('POST', '/api/me/notices/seen', { upTo: at }))).toBe(204);
    expect(await codeOf(mio.ask('POST', '/api/me/notices/seen', { upTo: 1 }))).toBe(204);
    expect(await read()).toMatchObject({ items: [{ unseen: false }], unseen: 0 });
  });
});

describe('tracks', () => {
  it('are remembered for a series, for a profile', async () => {
    const [mio, title] = [await fan(), await titleWith(1)];
    const choice = { audio: { language: 'en', role: 'dub' }, subtitles: null };
    const rows = async () =>
      (
        await env.DB.prepare('select choice from track_choices where profile_id = ?')
          .bind(mio.profileId)
          .all()
      ).results;
    expect(await codeOf(mio.ask('PUT', `/api/me/tracks/${title.id}`, choice))).toBe(204);
    expect(await codeOf(mio.ask('PUT', `/api/me/tracks/${title.id}`, choice))).toBe(204);
    expect(await rows()).toEqual([{ choice: JSON.stringify(choice) }]);
    expect(await codeOf(mio.ask('DELETE', `/api/me/tracks/${title.id}`))).toBe(204);
    expect(await rows()).toEqual([]);
  });
});

describe('a household', () => {
  it('keeps what each profile watches apart, and shows each only what it may see', async () => {
    const mio = await fan();
    const [all, grown] = [await titleWith(2), await titleWith(2, { ageRating: '16' })];
    await watched(mio, all, 1);
    await watched(mio, grown, 1);
    expect(await mio.goesOnWith()).toHaveLength(2);
    const child = await mio.add({ name: 'Kotori', ageCeiling: '7' });
    const asChild = await mio.entered(child.id);
    const get = (path: string) => mio.ask('GET', path, undefined, asChild);
    expect(await (await get('/api/me/continue')).json()).toEqual({ items: [] });
    expect(await codeOf(get(`/api/me/titles/${grown.id}`))).toBe('not-found');
    expect(await codeOf(mio.ask('PUT', `/api/me/watchlist/${grown.id}`, {}, asChild))).toBe('not-found');
    const marks = { episodeId: grown.episodes[1], watched: true };
    expect(await codeOf(mio.ask('POST', '/api/me/watched', marks, asChild))).toBe('not-found');
    expect(await codeOf(mio.ask('PUT', `/api/me/watchlist/${all.id}`, {}, asChild))).toBe(200);
    expect((await mio.entered(mio.profileId)).headers).toBeDefined();
    const ids: Id<'title'>[] = (await mio.list()).items.map(({ title }) => title.id);
    expect(ids).toContain(all.id);
  });
});
