import { and, eq, exists, sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { titles } from '../../schema/db/catalog.ts';
import { searchTexts } from '../../schema/db/search.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { sourcesOf, type Findable, type Source, type Text } from './texts.ts';

/**
 * The statements that bring the index in step with a change of a title: they belong at the end of the `db.batch` of the change itself,
 * so that one is never there without the other. Nothing has to be read first, and two changes at once do not get into each other's
 * way: each source (a name, the synonyms, one synopsis) is written anew by itself. A title that is erased takes its texts with it;
 * one that is taken down keeps them, because search shows only what `visibleTo` lets through.
 * @param changed columns and translations as they stand after the change; what is left out was not changed
 */
export function indexTitle(db: Db, id: Id<'title'>, changed: Findable): BatchItem<'sqlite'>[] {
  return writeSources(db, id, sourcesOf(changed));
}

/** The same of many titles, in as many statements as of one. */
export function indexTitles(
  db: Db,
  changes: readonly { id: Id<'title'>; changed: Findable }[],
): BatchItem<'sqlite'>[] {
  const sources = changes.flatMap(({ id, changed }) =>
    sourcesOf(changed).map((source) => ({ id, ...source })),
  );
  if (sources.length === 0) return [];
  const parts = JSON.stringify(sources.map(({ id, source, part }) => [id, source, part]));
  const texts = sources.flatMap(({ id, texts }) => texts.map((text) => ({ id, ...text })));
  return [
    db
      .delete(searchTexts)
      .where(
        sql`(${searchTexts.titleId}, ${searchTexts.source}, ${searchTexts.part}) in (select value ->> 0, value ->> 1, value ->> 2 from json_each(${parts}))`,
      ),
    db
      .insert(searchTexts)
      .select(
        sql`select ${rowColumns} from json_each(${JSON.stringify(texts)}) join ${titles} on ${titles.id} = value ->> '$.id'`,
      ),
  ];
}

function writeSources(db: Db, id: Id<'title'>, sources: readonly Source[]): BatchItem<'sqlite'>[] {
  if (sources.length === 0) return [];
  // All in one parameter: a statement takes 100, and a title may have any number of translations.
  const parts = JSON.stringify(sources.map(({ source, part }) => [source, part]));
  return [
    db
      .delete(searchTexts)
      .where(
        and(
          eq(searchTexts.titleId, id),
          sql`(${searchTexts.source}, ${searchTexts.part}) in (select value ->> 0, value ->> 1 from json_each(${parts}))`,
        ),
      ),
    ...insertTexts(db, sources, eq(titles.id, id)),
  ];
}

/** All of a title, anew, if its row still is as old as what is given: for mending (reindex.ts), which reads before it writes. */
export function rewriteTitle(
  db: Db,
  { id, updatedAt, ...all }: Findable & { id: Id<'title'>; updatedAt: number },
): BatchItem<'sqlite'>[] {
  const unchanged = and(eq(titles.id, id), eq(titles.updatedAt, updatedAt))!;
  return [
    db
      .delete(searchTexts)
      .where(
        and(eq(searchTexts.titleId, id), exists(db.select({ id: titles.id }).from(titles).where(unchanged))),
      ),
    ...insertTexts(db, sourcesOf(all), unchanged),
  ];
}

const field = (name: keyof Text) => sql`value ->> ${sql.raw(`'$.${name}'`)}`;
/** Of a row of the index, out of JSON beside its title. */
const rowColumns = sql`null, ${titles.id}, ${field('source')}, ${field('part')}, ${field('text')}, ${field('latin')}, ${field('native')}, ${field('tokens')}`;

function insertTexts(db: Db, sources: readonly Source[], where: SQL): BatchItem<'sqlite'>[] {
  const texts = sources.flatMap((source) => source.texts);
  if (texts.length === 0) return [];
  return [
    db
      .insert(searchTexts)
      .select(sql`select ${rowColumns} from ${titles}, json_each(${JSON.stringify(texts)}) where ${where}`),
  ];
}
