import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Visitor } from '../../../schema/api/me.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { profiles } from '../../../schema/db/profiles.ts';
import { watchlist } from '../../../schema/db/library.ts';
import { counted } from '../../testing/counted.ts';
import { db, somebody, watched, type Somebody } from './me.fixture.ts';

const seen = async (who: Somebody, country = 'JP', headers: Record<string, string> = {}) =>
  (
    await who.ask('GET', '/api/me', undefined, { headers, cf: { country } as RequestInitCfProperties })
  ).json<Visitor>();

/** Somebody who follows a title of three episodes, all out at 2000. */
async function follower(title: Partial<typeof titles.$inferInsert> = {}) {
  const mio = await somebody();
  const [first] = await mio.profiles();
  const before = new Set((await db.select({ id: titles.id }).from(titles)).map(({ id }) => id));
  await watched(mio.userId, first!.id, 3);
  const made = (await db.select().from(titles)).find(({ id }) => !before.has(id))!;
  await db
    .update(titles)
    .set({ shownIn: '*', lastEpisodeAt: 2000, ...title })
    .where(eq(titles.id, made.id));
  await db
    .update(episodes)
    .set({ publishedAt: 2000, assetId: 'ast_of_it' })
    .where(eq(episodes.titleId, made.id));
  const at = { createdAt: 1, updatedAt: 1, stateAt: 1 };
  await db
    .insert(watchlist)
    .values({ profileId: first!.id, titleId: made.id, state: 'watching', followedAt: 1000, ...at });
  return { mio, profileId: first!.id, titleId: made.id };
}

it('says which profile a request is in, and whether its shield is on', async () => {
  const mio = await somebody();
  expect(await seen(mio)).toMatchObject({ name: 'Mio Akiyama', profile: null, unseen: 0 }); // makes none
  const [first] = await mio.profiles();
  const preferences = { prefer: 'sub', audio: [], subtitles: [], shield: true };
  const child = await mio.add({ name: 'Kotori', avatar: 'koi', ageCeiling: '7', preferences });
  const { headers } = await mio.entered(child.id);
  expect((await seen(mio, 'JP', headers)).profile).toEqual({
    id: child.id,
    name: 'Kotori',
    avatar: 'koi',
    ageCeiling: '7',
    shield: true,
  });
  const { headers: other } = await mio.entered(first!.id);
  expect((await seen(mio, 'JP', other)).profile).toMatchObject({ name: 'Mio Akiyama', shield: false });
});

it('names no profile where all are locked', async () => {
  const mio = await somebody();
  const [first] = await mio.profiles();
  await mio.ask('PATCH', `/api/me/profiles/${first!.id}`, { pin: '1234' });
  expect((await seen(mio)).profile).toBeNull();
});

it('counts the new episodes of what is followed, since it was followed and told', async () => {
  const { mio, profileId, titleId } = await follower();
  expect((await seen(mio)).unseen).toBe(3);
  await db.update(profiles).set({ noticesSeenAt: 2000 }).where(eq(profiles.id, profileId));
  expect((await seen(mio)).unseen).toBe(0);
  await db.update(profiles).set({ noticesSeenAt: 0 }).where(eq(profiles.id, profileId));
  await db.update(watchlist).set({ followedAt: 3000 }).where(eq(watchlist.titleId, titleId));
  expect((await seen(mio)).unseen).toBe(0);
  await db.update(watchlist).set({ followedAt: null }).where(eq(watchlist.titleId, titleId));
  expect((await seen(mio)).unseen).toBe(0);
});

it('counts what a notice tells of: nothing that was taken down or cannot be played', async () => {
  const { mio, titleId } = await follower();
  const of = eq(episodes.titleId, titleId);
  const [first, second] = await db.select().from(episodes).where(of);
  await db.update(episodes).set({ takenDownAt: 3000 }).where(eq(episodes.id, first!.id));
  await db.update(episodes).set({ assetId: null }).where(eq(episodes.id, second!.id));
  expect((await seen(mio)).unseen).toBe(1);
  const { unseen } = await (await mio.ask('GET', '/api/me/notices')).json<{ unseen: number }>();
  expect(unseen).toBe((await seen(mio)).unseen);
});

it('counts nothing that is not shown to them', async () => {
  expect((await seen((await follower({ shownIn: ' US ' })).mio)).unseen).toBe(0);
  expect((await seen((await follower({ shownIn: ' US ' })).mio, 'US')).unseen).toBe(3);
  expect((await seen((await follower({ takenDownAt: 1 })).mio)).unseen).toBe(0);
  for (const [ageRating, ceiling, unseen] of [
    ['12', '7', 0],
    ['7', '12', 3],
    ['18', '16', 0],
    ['16', '16', 3],
    ['all', 'all', 3],
  ] as const) {
    const { mio, profileId } = await follower({ ageRating });
    await db.update(profiles).set({ ageCeiling: ceiling }).where(eq(profiles.id, profileId));
    expect((await seen(mio)).unseen, `${ageRating} for ${ceiling}`).toBe(unseen);
  }
});

it('asks D1 once', async () => {
  const { mio } = await follower();
  const fetch = counted(mio.token);
  expect((await fetch('GET', '/api/me')).count).toMatchObject({ d1: 1, kv: 0, objects: 0 });
});
