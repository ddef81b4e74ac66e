import { and, eq, not, sql, type SQL } from 'drizzle-orm';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import type { Db } from '../platform/db.ts';
import { nextRevision, stale } from './revision.ts';

/** Why a title or an episode stays, each as a condition on its row. */
export const keepers = [
  'published',
  'media',
  'plays',
  'purchases',
  'licences',
  'takedowns',
  'campaigns',
] as const;
export type Keeper = (typeof keepers)[number];
type Keepers = Partial<Record<Keeper, SQL>>;

const ofEpisode = (table: string) =>
  sql.raw(`exists (select 1 from ${table} where episode_id = episodes.id)`);
const ofTitle = (table: string) => sql.raw(`exists (select 1 from ${table} where title_id = titles.id)`);
const anyEpisode = (table: string) =>
  sql.raw(
    `exists (select 1 from episodes e join ${table} x on x.episode_id = e.id where e.title_id = titles.id)`,
  );

const episodeKeepers: Keepers = {
  published: sql`asset_id is not null`,
  media: sql`(${ofEpisode('assets')} or ${ofEpisode('uploads')})`,
  plays: sql`(${ofEpisode('plays')} or ${ofEpisode('progress')})`,
  purchases: ofEpisode('purchases'),
  takedowns: ofEpisode('takedowns'),
  campaigns: sql.raw('exists (select 1 from campaigns where creative_episode_id = episodes.id)'),
};
const titleKeepers: Keepers = {
  published: sql.raw(
    'exists (select 1 from episodes e where e.title_id = titles.id and e.asset_id is not null)',
  ),
  media: sql`(${anyEpisode('assets')} or ${anyEpisode('uploads')})`,
  plays: sql`(${ofTitle('plays')} or ${anyEpisode('progress')} or ${ofTitle('advert_plays')})`,
  purchases: ofTitle('purchases'),
  licences: sql`(${ofTitle('licences')} or ${ofTitle('holdbacks')})`,
  takedowns: ofTitle('takedowns'),
  campaigns: sql.raw(
    'exists (select 1 from episodes e join campaigns c on c.creative_episode_id = e.id where e.title_id = titles.id)',
  ),
};

type Change = { expected: Expected; now: number };
/** What became of it: `stale`, the first that keeps it, or null where it is gone. */
type Fate = Keeper | 'stale' | null;

const first = (facts: Keepers) =>
  sql<Keeper | null>`case ${sql.join(
    Object.entries(facts).map(([name, is]) => sql`when ${is} then ${sql.raw(`'${name}'`)}`),
    sql` `,
  )} end`.as('keeper');
const none = (facts: Keepers) => and(...Object.values(facts).map((is) => not(is)));

/** Erases an episode that nothing keeps, if it is there. */
export const eraseEpisodeRow = (db: Db, id: Id<'episode'>, { expected, now }: Change): Promise<Fate> =>
  db
    .batch([
      db
        .update(episodes)
        .set({ revision: nextRevision(episodes, expected), updatedAt: now })
        .where(and(eq(episodes.id, id), none(episodeKeepers))),
      db.delete(episodes).where(and(eq(episodes.id, id), none(episodeKeepers))),
      db
        .select({ keeper: first(episodeKeepers) })
        .from(episodes)
        .where(eq(episodes.id, id)),
    ])
    .then(([, , [kept]]) => kept?.keeper ?? null, stale);

/** Erases a title that nothing keeps, with its episodes, if it is there. */
export const eraseTitleRow = (db: Db, id: Id<'title'>, { expected, now }: Change): Promise<Fate> =>
  db
    .batch([
      db
        .update(titles)
        .set({ revision: nextRevision(titles, expected), updatedAt: now })
        .where(and(eq(titles.id, id), none(titleKeepers))),
      db.delete(titles).where(and(eq(titles.id, id), none(titleKeepers))),
      db
        .select({ keeper: first(titleKeepers) })
        .from(titles)
        .where(eq(titles.id, id)),
    ])
    .then(([, , [kept]]) => kept?.keeper ?? null, stale);

type SeasonAt = { titleId: Id<'title'>; number: number };
const isSeason = ({ titleId, number }: SeasonAt) =>
  and(eq(seasons.titleId, titleId), eq(seasons.number, number))!;

/** Takes a season away that has no episodes. @returns whether it is there still, as it has some */
export const eraseSeasonRow = (
  db: Db,
  place: SeasonAt,
  { expected, now }: Change,
): Promise<{ left: boolean; revision: number | null } | 'stale'> => {
  const empty = sql`not exists (select 1 from episodes where title_id = ${place.titleId} and season = ${place.number})`;
  const there = sql`exists (select 1 from ${seasons} where ${isSeason(place)}) and ${empty}`;
  return db
    .batch([
      db
        .update(titles)
        .set({ revision: nextRevision(titles, expected), updatedAt: now })
        .where(and(eq(titles.id, place.titleId), there))
        .returning({ revision: titles.revision }),
      db.delete(seasons).where(and(isSeason(place), empty)),
      db.select({ id: seasons.id }).from(seasons).where(isSeason(place)),
    ])
    .then(([[changed], , left]) => ({ left: left.length > 0, revision: changed?.revision ?? null }), stale);
};

/** Makes a season or names it. @returns the title's new revision; null: there is no such title */
export const nameSeason = (
  db: Db,
  { titleId, number }: SeasonAt,
  season: { id: Id<'season'>; name: string | null },
  { expected, now }: Change,
): Promise<{ revision: number } | 'stale' | null> =>
  db
    .batch([
      db
        .update(titles)
        .set({ revision: nextRevision(titles, expected), updatedAt: now })
        .where(eq(titles.id, titleId))
        .returning({ revision: titles.revision }),
      db
        .insert(seasons)
        .select(
          sql`select ${season.id}, ${titles.id}, ${number}, ${season.name} from ${titles} where ${eq(titles.id, titleId)}`,
        )
        .onConflictDoUpdate({ target: [seasons.titleId, seasons.number], set: { name: season.name } }),
    ])
    .then(([[changed]]) => changed ?? null, stale);
