import { and, asc, desc, eq, getTableColumns, gt, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { AuditQuery } from '../../../schema/api/audit.ts';
import { users } from '../../../schema/db/accounts.ts';
import { auditEntries, auditSeals } from '../../../schema/db/audit.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { licensors } from '../../../schema/db/rights.ts';
import type { Db } from '../../platform/db.ts';

export type ListedEntry = typeof auditEntries.$inferSelect & { actorName: string | null };
export type Narrowed = Omit<AuditQuery, 'cursor' | 'limit'> & { titleId?: string; episodeId?: string };

/** How much later than an entry the next one may have been asked for: requests that ran side by side. */
const ASIDE_MS = 60_000;

/**
 * The number at which a time begins. Entries are numbered as they are written and dated as they were asked for, so the two run together
 * but for requests that met: the bound leaves room for those, and what is beyond is sorted out row by row.
 */
const firstSince = (db: Db, at: number) =>
  sql`(${db.select({ seq: auditEntries.seq }).from(auditEntries).where(gte(auditEntries.at, at)).orderBy(asc(auditEntries.at)).limit(1)})`;

/** An id stands for what it names and all that belongs to it. */
function about(of: string): SQL {
  if (of.startsWith('ttl_')) return eq(auditEntries.titleId, of);
  if (of.startsWith('ep_')) return eq(auditEntries.episodeId, of);
  return eq(auditEntries.rowId, of);
}

function narrowed(db: Db, n: Narrowed): (SQL | undefined)[] {
  const { actor, kind, of, operation, request, from, to, q, titleId, episodeId } = n;
  return [
    actor ? eq(auditEntries.actorId, actor) : undefined,
    kind ? eq(auditEntries.kind, kind) : undefined,
    of ? about(of) : undefined,
    operation ? eq(auditEntries.operation, operation) : undefined,
    request ? eq(auditEntries.request, request) : undefined,
    titleId ? eq(auditEntries.titleId, titleId) : undefined,
    episodeId ? eq(auditEntries.episodeId, episodeId) : undefined,
    from === undefined
      ? undefined
      : and(
          gte(auditEntries.at, from),
          sql`${auditEntries.seq} >= coalesce(${firstSince(db, from - ASIDE_MS)}, 9e15)`,
        ),
    to === undefined
      ? undefined
      : and(
          lt(auditEntries.at, to),
          sql`${auditEntries.seq} < coalesce(${firstSince(db, to + ASIDE_MS)}, 9e15)`,
        ),
    // A phrase of trigrams: the letters as they stand, wherever they do.
    q
      ? sql`audit_texts match ${`"${q.replaceAll('"', '""')}"`} and ${auditEntries.seq} = audit_texts.rowid`
      : undefined,
  ];
}

/** Entries, newest first; one row more than `limit`. */
export function entryList(
  db: Db,
  by: Narrowed,
  before: number | null,
  limit: number,
): Promise<ListedEntry[]> {
  const fields = { ...getTableColumns(auditEntries), actorName: users.name };
  // The index of words comes first, and hands out what it finds one by one: a word that is in every entry costs no more than a rare one.
  const page = by.q
    ? db
        .select(fields)
        .from(sql`audit_texts`)
        .crossJoin(auditEntries)
    : db.select(fields).from(auditEntries);
  const seq = by.q ? sql`audit_texts.rowid` : sql`${auditEntries.seq}`;
  return page
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(and(...narrowed(db, by), before === null ? undefined : sql`${seq} < ${before}`))
    .orderBy(desc(seq))
    .limit(limit + 1);
}

/** What ids of the catalogue and of people are called, in one round trip; those that are nothing's are left out. */
export async function namesOf(db: Db, ids: ReadonlySet<string>): Promise<Record<string, string>> {
  if (ids.size === 0) return {};
  const list = sql`(select value from json_each(${JSON.stringify([...ids])}))`;
  const [titleRows, episodeRows, userRows, licensorRows] = await db.batch([
    db
      .select({ id: titles.id, name: titles.nameMain })
      .from(titles)
      .where(sql`${titles.id} in ${list}`),
    db
      .select({
        id: episodes.id,
        name: sql<string>`concat('S', ${episodes.season}, 'E', ${episodes.number}, ' ' || ${episodes.name})`.as(
          'called',
        ),
      })
      .from(episodes)
      .where(sql`${episodes.id} in ${list}`),
    db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(sql`${users.id} in ${list}`),
    db
      .select({ id: licensors.id, name: licensors.name })
      .from(licensors)
      .where(sql`${licensors.id} in ${list}`),
  ]);
  const all = [...titleRows, ...episodeRows, ...userRows, ...licensorRows];
  return Object.fromEntries(all.map(({ id, name }) => [id, name]));
}

/** The last entry and the last seal, with the times of their entries. */
export async function ends(db: Db) {
  const [[last], [sealed]] = await db.batch([
    db
      .select({ seq: auditEntries.seq, at: auditEntries.at })
      .from(auditEntries)
      .orderBy(desc(auditEntries.seq))
      .limit(1),
    db
      .select({
        seq: auditSeals.seq,
        hash: auditSeals.hash,
        at: sql<number | null>`${auditEntries.at}`.as('sealed_at'),
      })
      .from(auditSeals)
      .leftJoin(auditEntries, eq(auditEntries.seq, auditSeals.seq))
      .orderBy(desc(auditSeals.seq))
      .limit(1),
  ]);
  return { last: last ?? null, sealed: sealed ?? null };
}

/** Entries in their order with their seals, from after one on. */
export const entriesAfter = (db: Db, after: number, limit: number) =>
  db
    .select({ ...getTableColumns(auditEntries), seal: auditSeals.hash })
    .from(auditEntries)
    .leftJoin(auditSeals, eq(auditSeals.seq, auditEntries.seq))
    .where(gt(auditEntries.seq, after))
    .orderBy(asc(auditEntries.seq))
    .limit(limit);
