import { and, asc, gt, sql } from 'drizzle-orm';
import { titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { visibleTo, type Viewing } from './viewing.ts';

/** Where every part of `size` titles begins, in the order of ids: the id before its first. A walk over all titles: ask seldom. */
export async function addressParts(db: Db, viewing: Viewing, size: number): Promise<string[]> {
  const numbered = db
    .select({ id: titles.id, n: sql<number>`row_number() over (order by ${titles.id})`.as('n') })
    .from(titles)
    .where(visibleTo(viewing))
    .as('numbered');
  const rows = await db
    .select({ id: numbered.id })
    .from(numbered)
    .where(sql`${numbered.n} % ${size} = 0`);
  return rows.map(({ id }) => id);
}

/** One part: what stands where, and when it changed, ms UTC. */
export const addresses = (db: Db, viewing: Viewing, after: Id<'title'> | null, size: number) =>
  db
    .select({ slug: titles.slug, changed: titles.updatedAt })
    .from(titles)
    .where(and(visibleTo(viewing), after ? gt(titles.id, after) : undefined))
    .orderBy(asc(titles.id))
    .limit(size);
