import { and, desc, eq, isNull } from 'drizzle-orm';
import { users } from '../../schema/db/accounts.ts';
import { auditEntries } from '../../schema/db/audit.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { changedMeanwhile } from '../http/if-match.ts';
import type { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';

/** Who changed something last, as far as the audit log knows: not where the platform itself did. */
const author = (db: Db) =>
  db
    .select({ name: users.name })
    .from(auditEntries)
    .innerJoin(users, eq(users.id, auditEntries.actorId))
    .$dynamic();

/** What is said to whoever changes a title from a revision that it is past: who was first, when, and how to go on. */
export async function titleConflict(db: Db, id: Id<'title'>): Promise<Problem> {
  const [[row], [by]] = await db.batch([
    db
      .select({ revision: titles.revision, updatedAt: titles.updatedAt })
      .from(titles)
      .where(eq(titles.id, id)),
    author(db)
      .where(and(eq(auditEntries.titleId, id), isNull(auditEntries.episodeId)))
      .orderBy(desc(auditEntries.seq))
      .limit(1),
  ]);
  return changedMeanwhile(row ?? null, by?.name);
}

/** The same of an episode. */
export async function episodeConflict(db: Db, id: Id<'episode'>): Promise<Problem> {
  const [[row], [by]] = await db.batch([
    db
      .select({ revision: episodes.revision, updatedAt: episodes.updatedAt })
      .from(episodes)
      .where(eq(episodes.id, id)),
    author(db).where(eq(auditEntries.episodeId, id)).orderBy(desc(auditEntries.seq)).limit(1),
  ]);
  return changedMeanwhile(row ?? null, by?.name);
}
