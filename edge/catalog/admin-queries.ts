import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import * as v from 'valibot';
import type { imageRoles } from '../../schema/api/catalog.ts';
import type { EpisodeFields } from '../../schema/api/editing.ts';
import { episodes, seasons, titles, titleTranslations, type StoredImage } from '../../schema/db/catalog.ts';
import { jobs } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { defined, type AdminEpisodeRow, type AdminTitleRow } from './edits.ts';

const Synopses = v.record(v.string(), v.string());

const adminTitles = (db: Db) => {
  const written = db
    .select({ all: sql`json_group_object(${titleTranslations.locale}, ${titleTranslations.synopsis})` })
    .from(titleTranslations)
    .where(and(eq(titleTranslations.titleId, titles.id), isNotNull(titleTranslations.synopsis)));
  const synopsis = sql`(${written})`.mapWith((text: string) => v.parse(Synopses, JSON.parse(text)));
  return db.select({ ...getTableColumns(titles), synopsis }).from(titles);
};

const adminEpisodes = (db: Db) => {
  const latest = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(eq(jobs.episodeId, episodes.id))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(1);
  return db
    .select({ ...getTableColumns(episodes), latestJobId: sql<Id<'job'> | null>`(${latest})` })
    .from(episodes);
};

export const AdminTitleCursor = v.tuple([v.number(), v.string()]);

/** Titles by last change, also by words of any of their names; one row more than `limit`. */
export function adminTitleList(
  db: Db,
  q: string | undefined,
  after: v.InferOutput<typeof AdminTitleCursor> | null,
  limit: number,
): Promise<AdminTitleRow[]> {
  const { slug, nameMain, nameNative, nameEnglish, synonyms } = titles;
  // instr, because D1 takes LIKE patterns of 50 bytes at most, which is 16 kanji.
  const haystack = sql`lower(concat_ws(char(10), ${slug}, ${nameMain}, ${nameNative}, ${nameEnglish}, ${synonyms}))`;
  return adminTitles(db)
    .where(
      and(
        q ? sql`instr(${haystack}, ${q.toLowerCase()}) > 0` : undefined,
        after ? sql`(${titles.updatedAt}, ${titles.id}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(titles.updatedAt), desc(titles.id))
    .limit(limit + 1);
}

/** A title with its episodes in order, in one round trip. */
export async function adminTitleDetail(
  db: Db,
  id: Id<'title'>,
): Promise<{ title: AdminTitleRow; episodes: AdminEpisodeRow[] } | null> {
  const [[title], list] = await db.batch([
    adminTitles(db).where(eq(titles.id, id)),
    adminEpisodes(db).where(eq(episodes.titleId, id)).orderBy(asc(episodes.season), asc(episodes.number)),
  ]);
  return title ? { title, episodes: list } : null;
}

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

const translations = (db: Db, titleId: Id<'title'>, synopsis: Record<string, string | null>) =>
  Object.entries(synopsis).map(([locale, text]) =>
    db
      .insert(titleTranslations)
      .values({ titleId, locale, synopsis: text || null })
      .onConflictDoUpdate({
        target: [titleTranslations.titleId, titleTranslations.locale],
        set: { synopsis: text || null },
      }),
  );

/** Two editors at the same moment: the index decides. */
function slugTaken(error: unknown): 'slug-taken' {
  const text = error instanceof DrizzleQueryError ? String(error.cause) : String(error);
  if (text.includes('UNIQUE constraint failed: titles.slug')) return 'slug-taken';
  throw error;
}

/** A title and its synopses, at once. */
export const insertTitle = (
  db: Db,
  row: typeof titles.$inferInsert,
  synopsis: Record<string, string>,
): Promise<'slug-taken' | null> =>
  db
    .batch([db.insert(titles).values(row), ...translations(db, row.id, synopsis)])
    .then(() => null, slugTaken);

/** Changes columns and synopses of a title that is there, at once. */
export const updateTitle = (
  db: Db,
  id: Id<'title'>,
  columns: Partial<typeof titles.$inferInsert>,
  synopsis: Record<string, string | null>,
  now: number,
): Promise<'slug-taken' | null> =>
  db
    .batch([
      db
        .update(titles)
        .set({ ...columns, updatedAt: now })
        .where(eq(titles.id, id)),
      ...translations(db, id, synopsis),
    ])
    .then(() => null, slugTaken);

/** Sets a title's picture of one role. */
export async function setImage(
  db: Db,
  id: Id<'title'>,
  role: (typeof imageRoles)[number],
  stored: StoredImage,
  now: number,
): Promise<void> {
  await db
    .update(titles)
    .set({ [role]: stored, updatedAt: now })
    .where(eq(titles.id, id));
}

/**
 * Makes an episode (and its season) or changes it, at once, however often and from however many sides it is asked for.
 * @param ids used where something is made
 */
export async function upsertEpisode(
  db: Db,
  place: { titleId: Id<'title'>; season: number; number: number },
  fields: v.InferOutput<typeof EpisodeFields>,
  ids: { season: Id<'season'>; episode: Id<'episode'> },
  now: number,
): Promise<AdminEpisodeRow> {
  const { titleId, season, number } = place;
  const inSeason = and(eq(seasons.titleId, titleId), eq(seasons.number, season));
  const [, , [row]] = await db.batch([
    db.insert(seasons).values({ id: ids.season, titleId, number: season }).onConflictDoNothing(),
    db
      .insert(episodes)
      .values({
        ...defined(fields),
        id: ids.episode,
        ...place,
        seasonId: sql`(${db.select({ id: seasons.id }).from(seasons).where(inSeason)})`,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoUpdate({
        target: [episodes.titleId, episodes.season, episodes.number],
        set: { ...defined(fields), updatedAt: now },
      }),
    adminEpisodes(db).where(
      and(eq(episodes.titleId, titleId), eq(episodes.season, season), eq(episodes.number, number)),
    ),
  ]);
  if (!row) throw new Error(`no episode ${season}x${number} of ${titleId} after its upsert`);
  return row;
}
