import { desc, eq, sql } from 'drizzle-orm';
import type { Consent, ConsentKind } from '../../../../schema/api/me.ts';
import { users } from '../../../../schema/db/accounts.ts';
import { consents } from '../../../../schema/db/profiles.ts';
import type { Id } from '../../../../schema/ids.ts';
import { selectRow, type Db } from '../../../platform/db.ts';

/** All that somebody ever agreed to or took back, the latest first. */
export const consentsOf = (db: Db, userId: string): Promise<Consent[]> =>
  db
    .select({ kind: consents.kind, version: consents.version, given: consents.given, at: consents.at })
    .from(consents)
    .where(eq(consents.userId, userId))
    .orderBy(desc(consents.at), desc(consents.id));

type ConsentRow = {
  id: Id<'consent'>;
  userId: string;
  kind: ConsentKind;
  version: string;
  given: boolean;
  at: number;
};

/** Adds a row, where the latest of its kind does not say the same already: what is sent twice is kept once. */
export function insertConsent(db: Db, row: ConsentRow) {
  const latest = sql`(select ${consents.version} || ' ' || ${consents.given} from ${consents}
    where ${consents.userId} = ${row.userId} and ${consents.kind} = ${row.kind}
    order by ${consents.at} desc, ${consents.id} desc limit 1)`;
  return db.insert(consents).select(
    sql`${selectRow(consents, row)} from ${users}
        where ${users.id} = ${row.userId} and coalesce(${latest}, '') <> ${`${row.version} ${Number(row.given)}`}`,
  );
}
