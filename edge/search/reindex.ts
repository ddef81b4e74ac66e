import { asc, eq, gt, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { titles, titleTranslations } from '../../schema/db/catalog.ts';
import { searchSweep, searchTexts } from '../../schema/db/search.ts';
import type { Id } from '../../schema/ids.ts';
import { rowsOf, type Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { rewriteTitle } from './index-title.ts';
import { sourcesOf, type Text } from './texts.ts';

/** In a minute: some 36,000 titles a day are looked at. */
const AT_ONCE = 25;
/** By name: a column of the one table of a select is written without it, and would be the inner table's own. */
const outer = sql.raw('titles.id');

/** Titles by id, each with its translations and with what the index has of it. */
const page = (db: Db, after: string, limit: number) =>
  db
    .select({
      id: titles.id,
      updatedAt: titles.updatedAt,
      nameMain: titles.nameMain,
      nameNative: titles.nameNative,
      nameEnglish: titles.nameEnglish,
      synonyms: titles.synonyms,
      studio: titles.studio,
      genres: titles.genres,
      tags: titles.tags,
      people: titles.people,
      translations: rowsOf(
        {
          locale: titleTranslations.locale,
          name: titleTranslations.name,
          synopsis: titleTranslations.synopsis,
        },
        sql`${titleTranslations} where ${titleTranslations.titleId} = ${outer}`,
      ),
      indexed: rowsOf(
        {
          source: searchTexts.source,
          part: searchTexts.part,
          text: searchTexts.text,
          latin: searchTexts.latin,
          native: searchTexts.native,
          tokens: searchTexts.tokens,
        },
        sql`${searchTexts} where ${searchTexts.titleId} = ${outer}`,
      ),
    })
    .from(titles)
    .where(gt(titles.id, after as Id<'title'>))
    .orderBy(asc(titles.id))
    .limit(limit);

const canonical = (texts: readonly Text[]): string =>
  JSON.stringify(
    texts
      .map(({ source, part, text, latin, native, tokens }) =>
        [source, part, text, latin, native, tokens].join('\u0000'),
      )
      .sort(),
  );

/**
 * Compares what the index has of some titles with what it should have, and writes what differs. May run at any time, also while titles
 * change: what was changed meanwhile is left alone.
 * @param after the id of the last title that was looked at; empty: from the beginning
 * @param rewrite writes all of them anew, right or not: for when the full-text tables themselves are in doubt
 * @returns `next`: where to go on; null: that was the last of them
 */
export async function reindex(
  db: Db,
  { after, limit, rewrite = false }: { after: string; limit: number; rewrite?: boolean },
): Promise<{ checked: number; repaired: number; next: string | null }> {
  const rows = await page(db, after, limit);
  const wrong = rows.filter(
    ({ indexed, ...title }) =>
      rewrite || canonical(indexed) !== canonical(sourcesOf(title).flatMap((source) => source.texts)),
  );
  for (const { indexed: _, ...title } of wrong) {
    const [first, ...rest] = rewriteTitle(db, title);
    if (first) await db.batch([first, ...rest] satisfies [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]);
  }
  return {
    checked: rows.length,
    repaired: wrong.length,
    next: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
  };
}

/** Goes through the catalogue, a little each minute, again and again: rules of folding change with a deploy, and what no code of ours wrote is found here. */
export async function sweepSearch({ db }: Pick<Platform, 'db'>): Promise<void> {
  const [at] = await db.select().from(searchSweep).where(eq(searchSweep.id, 1));
  const { next } = await reindex(db, { after: at?.after ?? '', limit: AT_ONCE });
  const after = next ?? '';
  if (after === (at?.after ?? '')) return;
  await db
    .insert(searchSweep)
    .values({ id: 1, after })
    .onConflictDoUpdate({ target: searchSweep.id, set: { after } });
}
