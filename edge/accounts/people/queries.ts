import { and, asc, desc, eq, gte, isNotNull, lt, not, sql, type SQL } from 'drizzle-orm';
import type { PeopleQuery } from '../../../schema/api/people.ts';
import { users } from '../../../schema/db/accounts.ts';
import { subscriptions } from '../../../schema/db/billing.ts';
import type { Db } from '../../platform/db.ts';

const fields = {
  id: users.id,
  name: users.name,
  email: users.email,
  emailVerified: users.emailVerified,
  role: users.role,
  planId: subscriptions.planId,
  planUntil: subscriptions.until,
  closesAt: users.closesAt,
  createdAt: sql<number>`${users.createdAt}`,
};
/** The subscription that counts of those somebody has, by the rule of `planAt` (edge/rights/rows.ts): one row a person, or none. */
export const countsNow = (now: number): SQL =>
  sql`${subscriptions.id} = (
    select s.id from subscriptions s join plans p on p.id = s.plan_id
    where s.user_id = ${users.id} and s.since <= ${now} and (s.until is null or s.until > ${now})
    order by p.rank desc, p.id limit 1)`;
const withPlan = (db: Db, now: number) =>
  db.select(fields).from(users).leftJoin(subscriptions, countsNow(now));
export type PersonRow = Awaited<ReturnType<typeof withPlan>>[number];

/** A row, and the part of its list that it stands in: people found by their address come before those found by their name. */
export type Found = { row: PersonRow; part: 0 | 1 };
/** Where the page before ended: never by an address, as whoever pages on would carry it about. */
export type At = { part: number; id: string } | null;

/** Word for word as `subscriptions_plan` has it (schema/db/billing.ts): whoever left a plan costs its list nothing. */
const stillOn = "(state is null or state not in ('canceled', 'incomplete_expired'))";
/** Behind every text that begins with another. */
const END = '\u{10ffff}';
const inOnePart = (rows: PersonRow[]): Found[] => rows.map((row) => ({ row, part: 0 }));
/** What somebody's row holds, as a value to go on from. */
const of = (id: string, column: typeof users.email | typeof users.closesAt | typeof users.name): SQL =>
  sql`(select ${column} from ${users} where ${users.id} = ${id})`;

/**
 * Some people, along one index whatever is asked: who is looked for, or one narrowing.
 * @param limit how many at most
 */
export async function peopleList(
  db: Db,
  { q, role, plan, state }: Omit<PeopleQuery, 'cursor' | 'limit'>,
  at: At,
  limit: number,
  now: number,
): Promise<Found[]> {
  if (q) return found(db, q, at, limit, now);
  if (plan !== undefined)
    return inOnePart(
      await db
        .select(fields)
        .from(subscriptions)
        .innerJoin(users, eq(users.id, subscriptions.userId))
        .where(
          and(
            eq(subscriptions.planId, plan),
            sql.raw(stillOn),
            countsNow(now),
            at ? lt(subscriptions.userId, at.id) : undefined,
          ),
        )
        .orderBy(desc(subscriptions.userId))
        .limit(limit),
    );
  if (state === 'closing') {
    const after = at && sql`(${users.closesAt}, ${users.id}) > (${of(at.id, users.closesAt)}, ${at.id})`;
    return inOnePart(
      await withPlan(db, now)
        .where(and(isNotNull(users.closesAt), after ?? undefined))
        .orderBy(asc(users.closesAt), asc(users.id))
        .limit(limit),
    );
  }
  const narrow =
    role !== undefined ? eq(users.role, role) : state === 'unverified' ? sql`email_verified = 0` : undefined;
  return inOnePart(
    await withPlan(db, now)
      .where(and(narrow, at ? lt(users.id, at.id) : undefined))
      .orderBy(desc(users.id))
      .limit(limit),
  );
}

/** By the beginning of the address, then of the name; whoever is found by both comes once. */
async function found(db: Db, q: string, at: At, limit: number, now: number): Promise<Found[]> {
  const small = q.toLowerCase();
  const inAddress = and(gte(users.email, small), lt(users.email, small + END));
  const first =
    at?.part === 1
      ? []
      : await withPlan(db, now)
          .where(and(inAddress, at ? sql`${users.email} > ${of(at.id, users.email)}` : undefined))
          .orderBy(asc(users.email))
          .limit(limit);
  const rows = inOnePart(first);
  if (rows.length === limit) return rows;
  const name = sql`${users.name} collate nocase`;
  const after = at?.part === 1 && sql`(${name}, ${users.id}) > (${of(at.id, users.name)}, ${at.id})`;
  const second = await withPlan(db, now)
    .where(and(sql`${name} >= ${q}`, sql`${name} < ${q + END}`, after || undefined, not(inAddress!)))
    .orderBy(name, asc(users.id))
    .limit(limit - rows.length);
  return [...rows, ...second.map((row): Found => ({ row, part: 1 }))];
}

export async function personRow(db: Db, id: string, now: number): Promise<PersonRow | null> {
  const [row] = await withPlan(db, now).where(eq(users.id, id));
  return row ?? null;
}
