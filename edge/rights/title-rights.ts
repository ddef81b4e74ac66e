import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { holdbacks, licences } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { rowsOf, type Db } from '../platform/db.ts';
import type { Rights, Subject } from './terms.ts';

const area = (table: typeof licences | typeof holdbacks) => ({
  season: table.season,
  episodeFrom: table.episodeFrom,
  episodeTo: table.episodeTo,
  territoryMode: table.territoryMode,
  countries: table.countries,
  startsAt: table.startsAt,
  endsAt: table.endsAt,
  models: table.models,
});
const licenceTerms = {
  ...area(licences),
  id: licences.id,
  maxHeight: licences.maxHeight,
  audioLanguages: licences.audioLanguages,
  subtitleLanguages: licences.subtitleLanguages,
  earlyAccess: licences.earlyAccess,
  downloads: licences.downloads,
  endedAt: licences.endedAt,
};
const episodeFacts = {
  id: episodes.id,
  season: episodes.season,
  number: episodes.number,
  assetId: episodes.assetId,
  publishedAt: episodes.publishedAt,
  airsAt: episodes.airsAt,
  takenDownAt: episodes.takenDownAt,
};

/** Which episodes are asked about: all of a title, or one. */
export type Which = { titleId: Id<'title'> } | { episodeId: Id<'episode'> };

/**
 * What `decide` has to know of a title, for each of its episodes, in one statement. Null: there is no such title or episode.
 * @param asIfPublished every episode counts as published, the title as no draft
 */
export async function titleRights(
  db: Db,
  which: Which,
  asIfPublished: boolean,
): Promise<{ titleId: Id<'title'>; episodes: Subject[]; rights: Rights } | null> {
  const one = 'episodeId' in which;
  const outer = sql.raw('titles.id'); // by name: a column of the one table of a select would be the inner table's own
  const of = (table: SQL, titleId: SQL) => sql`${table} where ${titleId} = ${outer}`;
  const [row] = await db
    .select({
      id: titles.id,
      ageRating: titles.ageRating,
      takenDownAt: titles.takenDownAt,
      draft: titles.draft,
      episodes: rowsOf(
        episodeFacts,
        one
          ? sql`${episodes} where ${eq(episodes.id, which.episodeId)}`
          : of(sql`${episodes}`, sql`${episodes.titleId}`),
      ),
      licences: rowsOf(licenceTerms, of(sql`${licences}`, sql`${licences.titleId}`)),
      holdbacks: rowsOf(
        { ...area(holdbacks), id: holdbacks.id },
        of(sql`${holdbacks}`, sql`${holdbacks.titleId}`),
      ),
    })
    .from(titles)
    .where(
      one
        ? sql`${titles.id} = (select title_id from episodes where id = ${which.episodeId})`
        : eq(titles.id, which.titleId),
    );
  if (!row) return null;
  return {
    titleId: row.id,
    episodes: row.episodes.map(({ assetId, publishedAt, takenDownAt, ...episode }) => ({
      ...episode,
      published: asIfPublished || (assetId !== null && publishedAt !== null && !row.draft),
      ageRating: row.ageRating,
      takenDown: takenDownAt !== null || row.takenDownAt !== null,
    })),
    rights: { licences: row.licences, holdbacks: row.holdbacks },
  };
}

/** How many titles may be listed where, for those whose profile allows `age`: kept by triggers, a row for each way titles are listed. */
export async function reach(db: Db, age: string): Promise<{ shownIn: string; titles: number }[]> {
  return db
    .select({ shownIn: sql<string>`shown_in`.as('shown'), titles: sql<number>`sum(titles)`.as('many') })
    .from(sql`facet_counts`)
    .where(and(sql`kind = 'rating'`, sql`value = ${age}`, isNotNull(sql`shown_in`)))
    .groupBy(sql`shown_in`);
}
