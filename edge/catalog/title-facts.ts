import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { titleFacets, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { facetsOf, type Narrowing } from './facets.ts';

// What is kept with a title so that lists need neither count nor look at its episodes: statements for the batch of what changes it.

/**
 * What a title's episodes make of it: how many can be played, in which languages, since when the newest. Reckoned from the episodes as
 * they stand at that point of the batch, so it may be repeated; for what publishes, takes down and brings back.
 * @param title its id, or a query for it
 */
export function countEpisodes(db: Db, title: Id<'title'> | SQL): BatchItem<'sqlite'>[] {
  const playable = sql`episodes where title_id = titles.id and asset_id is not null and taken_down_at is null`;
  const languages = (column: 'audio' | 'subtitles') =>
    sql`(select json_group_array(value) from (select distinct l.value from ${sql.raw(
      `(select ${column} from `,
    )}${playable}) e, json_each(e.${sql.raw(column)}) l order by l.value))`;
  const rows = (facet: 'audio' | 'subtitle', column: 'audio' | 'subtitles') =>
    db
      .insert(titleFacets)
      .select(
        sql`select ${facet}, lower(l.value), ${titles.id}, l.value from ${titles}, json_each(titles.${sql.raw(column)}) l where ${eq(titles.id, title)}`,
      )
      .onConflictDoNothing(); // pt-BR and pt-br
  return [
    db
      .update(titles)
      .set({
        playableEpisodes: sql`(select count(*) from ${playable})`,
        lastEpisodeAt: sql`(select max(published_at) from ${playable})`,
        audio: languages('audio'),
        subtitles: languages('subtitles'),
      })
      .where(eq(titles.id, title)),
    db
      .delete(titleFacets)
      .where(and(eq(titleFacets.titleId, title), inArray(titleFacets.kind, ['audio', 'subtitle']))),
    rows('audio', 'audio'),
    rows('subtitle', 'subtitles'),
  ];
}

/** What lists are narrowed by, of what is set of a title: for the batch that sets it. */
export const writeFacets = (db: Db, id: Id<'title'>, given: Narrowing): BatchItem<'sqlite'>[] =>
  writeFacetsOf(db, [{ id, given }]);

/** The same of many titles, in as many statements as of one. */
export function writeFacetsOf(
  db: Db,
  changes: readonly { id: Id<'title'>; given: Narrowing }[],
): BatchItem<'sqlite'>[] {
  const all = changes.map(({ id, given }) => ({ id, facets: facetsOf(given) }));
  const kinds = all.flatMap(({ id, facets }) => [...facets.keys()].map((kind) => [id, kind]));
  if (kinds.length === 0) return [];
  const rows = all.flatMap(({ id, facets }) =>
    [...facets.values()].flat().map(({ kind, value, label }) => [id, kind, value, label]),
  );
  return [
    // One parameter for all rows: a statement takes a hundred.
    db
      .delete(titleFacets)
      .where(
        sql`(${titleFacets.titleId}, ${titleFacets.kind}) in (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(kinds)}))`,
      ),
    db
      .insert(titleFacets)
      .select(
        sql`select value ->> 1, value ->> 2, ${titles.id}, value ->> 3 from json_each(${JSON.stringify(rows)}) join ${titles} on ${titles.id} = value ->> 0 where true`,
      )
      .onConflictDoNothing(),
  ];
}
