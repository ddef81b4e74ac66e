import { asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { imageRoles } from '../../schema/api/catalog.ts';
import { episodes, seasons, titles, titleTranslations, type StoredImage } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import type { Db } from '../platform/db.ts';
import { indexTitle } from '../search/index-title.ts';
import { adminEpisodes } from './admin-episode-queries.ts';
import type { AdminTitleRow, Translation } from './edits.ts';
import { ordersOf, relationsOf } from './relation-queries.ts';
import { nextRevision, reasonOf, stale } from './revision.ts';
import { writeFacets } from './title-facts.ts';

const Texts = v.record(v.string(), v.string());

/** A title's texts of one kind by locale. The inner table's names are written out: a column of a select's one table has none. */
const texts = (column: 'name' | 'synopsis') =>
  sql<Record<string, string>>`(select json_group_object(locale, ${sql.raw(column)}) from title_translations
    where title_id = titles.id and ${sql.raw(column)} is not null)`
    .mapWith((text: string) => v.parse(Texts, JSON.parse(text)))
    .as(`all_${column}`);

export const adminTitles = (db: Db) =>
  db
    .select({ ...getTableColumns(titles), synopsis: texts('synopsis'), localNames: texts('name') })
    .from(titles);

/** A title with its episodes in order, what it is related to and its other orders, in one round trip. */
export async function adminTitleDetail(db: Db, id: Id<'title'>) {
  const [[title], list, seasonList, relations, orders] = await db.batch([
    adminTitles(db).where(eq(titles.id, id)),
    adminEpisodes(db).where(eq(episodes.titleId, id)).orderBy(asc(episodes.season), asc(episodes.number)),
    db
      .select({ number: seasons.number, name: seasons.name })
      .from(seasons)
      .where(eq(seasons.titleId, id))
      .orderBy(asc(seasons.number)),
    relationsOf(db, id),
    ordersOf(db, id),
  ]);
  return title ? { title, episodes: list, seasonList, relations, orders } : null;
}

/** A title alone, as editors see it. */
export const adminTitleRow = async (db: Db, id: Id<'title'>): Promise<AdminTitleRow | null> =>
  (await adminTitles(db).where(eq(titles.id, id)))[0] ?? null;

export async function titleExists(db: Db, id: Id<'title'>): Promise<boolean> {
  return (await db.select({ id: titles.id }).from(titles).where(eq(titles.id, id))).length > 0;
}

/** Which of some slugs are in use. */
export async function takenSlugs(db: Db, slugs: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ slug: titles.slug })
    .from(titles)
    .where(inArray(titles.slug, [...slugs]));
  return new Set(rows.map((row) => row.slug));
}

const translate = (db: Db, titleId: Id<'title'>, translations: readonly Translation[]) =>
  translations.map(({ locale, ...set }) =>
    db
      .insert(titleTranslations)
      .values({ titleId, locale, ...set })
      .onConflictDoUpdate({ target: [titleTranslations.titleId, titleTranslations.locale], set }),
  );

/** What follows from a title's columns and texts, for the batch that sets them. */
const follow = (
  db: Db,
  id: Id<'title'>,
  columns: Partial<typeof titles.$inferInsert>,
  translations: readonly Translation[],
) => [
  ...translate(db, id, translations),
  ...writeFacets(db, id, columns),
  ...indexTitle(db, id, { ...columns, ...(translations.length > 0 ? { translations } : {}) }),
];

/** Two editors at the same moment: the index decides. */
function slugTaken(error: unknown): 'slug-taken' {
  if (reasonOf(error).includes('UNIQUE constraint failed: titles.slug')) return 'slug-taken';
  throw error;
}

/** Who changes something, when: the revisions that the change may start from, and the time. */
export type Change = { expected: Expected; now: number };

/** A title and its texts, at once, and with them what lists and search find it by. */
export const insertTitle = (
  db: Db,
  row: typeof titles.$inferInsert,
  translations: readonly Translation[],
): Promise<'slug-taken' | null> =>
  db
    .batch([db.insert(titles).values(row), ...follow(db, row.id, row, translations)])
    .then(() => null, slugTaken);

/** Changes columns and texts of a title that is there, at once, and with them what lists and search find it by. */
export const updateTitle = (
  db: Db,
  id: Id<'title'>,
  columns: Partial<typeof titles.$inferInsert>,
  translations: readonly Translation[],
  { expected, now }: Change,
): Promise<'slug-taken' | 'stale' | null> =>
  db
    .batch([
      db
        .update(titles)
        .set({ ...columns, revision: nextRevision(titles, expected), updatedAt: now })
        .where(eq(titles.id, id)),
      ...follow(db, id, columns, translations),
    ])
    .then(
      () => null,
      (error: unknown) => (reasonOf(error).includes('titles.slug') ? slugTaken(error) : stale(error)),
    );

/** Sets a title's picture of one role. @returns the title's new revision; null: there is no such title */
export const setImage = (
  db: Db,
  id: Id<'title'>,
  [role, stored]: readonly [(typeof imageRoles)[number], StoredImage | null],
  { expected, now }: Change,
): Promise<{ revision: number } | 'stale' | null> =>
  db
    .update(titles)
    .set({ [role]: stored, revision: nextRevision(titles, expected), updatedAt: now })
    .where(eq(titles.id, id))
    .returning({ revision: titles.revision })
    .then(([row]) => row ?? null, stale);
