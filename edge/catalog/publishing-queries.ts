import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import type { Db } from '../platform/db.ts';
import { nextRevision, stale } from './revision.ts';

type Draft = { draft: boolean; publishAt: number | null };

/** Makes a title a draft, or none any more; a trigger sees to where it is listed (schema/db/editing.sql). */
export const setDraft = (
  db: Db,
  id: Id<'title'>,
  draft: Draft,
  { expected, now }: { expected: Expected; now: number },
): Promise<'stale' | null> =>
  db
    .update(titles)
    .set({ ...draft, revision: nextRevision(titles, expected), updatedAt: now })
    .where(eq(titles.id, id))
    .then(() => null, stale);

/**
 * Publishes drafts whose time has come. However often and from however many sides: of each only one finds it a draft.
 * @returns those that it published
 */
export const publishDue = (db: Db, now: number, limit: number): Promise<{ id: Id<'title'> }[]> => {
  const due = db
    .select({ id: titles.id })
    .from(titles)
    .where(lte(titles.publishAt, now))
    .orderBy(asc(titles.publishAt))
    .limit(limit);
  return db
    .update(titles)
    .set({ draft: false, publishAt: null, revision: sql`${titles.revision} + 1`, updatedAt: now })
    .where(and(sql`${titles.id} in ${due}`, lte(titles.publishAt, now)))
    .returning({ id: titles.id });
};
