import { sql } from 'drizzle-orm';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { assets } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { indexTitles } from '../search/index-title.ts';
import { titleFields, type EpisodeBulk, type TitleFields } from './bulk.ts';
import type { EpisodeRow, TitleRow } from './cards.ts';
import { stale } from './revision.ts';
import { writeFacetsOf } from './title-facts.ts';

/** Ids in one parameter: a statement takes a hundred. */
const among = (ids: readonly string[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`;

export const titlesById = (db: Db, ids: readonly Id<'title'>[]): Promise<TitleRow[]> =>
  db
    .select()
    .from(titles)
    .where(sql`${titles.id} in ${among(ids)}`);

export const episodesById = (db: Db, ids: readonly Id<'episode'>[]): Promise<EpisodeRow[]> =>
  db
    .select()
    .from(episodes)
    .where(sql`${episodes.id} in ${among(ids)}`);

/** How many versions somebody may be watching of each of some titles. */
export const watchableOf = (
  db: Db,
  ids: readonly Id<'title'>[],
): Promise<{ titleId: Id<'title'>; assets: number }[]> =>
  db
    .select({ titleId: episodes.titleId, assets: sql<number>`count(*)`.as('assets') })
    .from(episodes)
    .innerJoin(assets, sql`${assets.episodeId} = ${episodes.id} and ${assets.verified}`)
    .where(sql`${episodes.titleId} in ${among(ids)}`)
    .groupBy(episodes.titleId);

const value = (name: string) => sql`given.value ->> ${sql.raw(`'$.${name}'`)}`;
const json = (name: string) => sql`given.value -> ${sql.raw(`'$.${name}'`)}`;
/** As `nextRevision`, each compared with the one that its row was read at. */
const onward = sql`case when revision = ${value('revision')} then revision + 1 end`;

/** Writes many titles at once, with what lists and search find them by: all, or, where one was changed since it was read, none. */
export function writeTitles(
  db: Db,
  changes: readonly { before: TitleRow; after: TitleFields }[],
  now: number,
): Promise<'stale' | null> {
  const rows = changes.map(({ before, after }) => ({ ...after, id: before.id, revision: before.revision }));
  const differing = changes.map(({ before, after }) => ({
    id: before.id,
    changed: Object.fromEntries(
      titleFields
        .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
        .map((name) => [name, after[name]]),
    ) as Partial<TitleFields>,
  }));
  return db
    .batch([
      db
        .update(titles)
        .set({
          status: value('status'),
          ageRating: value('ageRating'),
          year: value('year'),
          cour: value('cour'),
          studio: value('studio'),
          genres: json('genres'),
          tags: json('tags'),
          draft: value('draft'),
          publishAt: value('publishAt'),
          revision: onward,
          updatedAt: now,
        })
        .from(sql`json_each(${JSON.stringify(rows)}) as given`)
        .where(sql`${titles.id} = ${value('id')}`),
      ...writeFacetsOf(
        db,
        differing.map(({ id, changed }) => ({ id, given: changed })),
      ),
      ...indexTitles(db, differing),
    ])
    .then(() => null, stale);
}

/** Writes many episodes at once: all, or, where one was changed since it was read, none. */
export const writeEpisodes = (
  db: Db,
  changes: readonly { before: EpisodeRow; after: Pick<EpisodeBulk, 'kind' | 'airsAt'> }[],
  now: number,
): Promise<'stale' | null> => {
  const rows = changes.map(({ before: { id, revision }, after }) => ({ ...after, id, revision }));
  return db
    .batch([
      db
        .update(episodes)
        .set({ kind: value('kind'), airsAt: value('airsAt'), revision: onward, updatedAt: now })
        .from(sql`json_each(${JSON.stringify(rows)}) as given`)
        .where(sql`${episodes.id} = ${value('id')}`),
    ])
    .then(() => null, stale);
};
