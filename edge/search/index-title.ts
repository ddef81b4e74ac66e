import { and, eq, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { titles } from '../../schema/db/catalog.ts';
import { searchTexts } from '../../schema/db/search.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { sourcesOf, type Findable, type Source } from './texts.ts';

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

/** Erases what the index has of some sources of a title and writes what is given. */
export function writeSources(db: Db, id: Id<'title'>, sources: readonly Source[]): BatchItem<'sqlite'>[] {
  if (sources.length === 0) return [];
  const texts = sources.flatMap((source) => source.texts);
  const erased = db.delete(searchTexts).where(
    and(
      eq(searchTexts.titleId, id),
      // A statement takes 100 parameters, and a title may have any number of translations.
      sql`(${searchTexts.source}, ${searchTexts.part}) in (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(
        sources.map(({ source, part }) => [source, part]),
      )}))`,
    ),
  );
  if (texts.length === 0) return [erased];
  const field = (name: keyof (typeof texts)[number]) => sql`value ->> ${sql.raw(`'$.${name}'`)}`;
  const columns = sql`null, ${titles.id}, ${field('source')}, ${field('part')}, ${field('text')}, ${field('latin')}, ${field('native')}, ${field('tokens')}`;
  return [
    erased,
    db
      .insert(searchTexts)
      .select(
        sql`select ${columns} from ${titles}, json_each(${JSON.stringify(texts)}) where ${titles.id} = ${id}`,
      ),
  ];
}
