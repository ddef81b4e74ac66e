import { asc, desc, gt, sql } from 'drizzle-orm';
import { GENESIS, sealed } from '../../../schema/audit-chain.ts';
import { auditEntries, auditSeals } from '../../../schema/db/audit.ts';
import type { Db } from '../../platform/db.ts';
import { complain } from '../../platform/log.ts';
import type { Platform } from '../../platform/platform.ts';

/** Entries read and sealed at once; rows that a bulk change makes are sealed in a few rounds. */
const AT_ONCE = 500;

/** SHA-256 of a text, in hex. */
export async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The last seal; null: nothing is sealed yet. */
export async function head(db: Db): Promise<{ seq: number; hash: string } | null> {
  const [last] = await db.select().from(auditSeals).orderBy(desc(auditSeals.seq)).limit(1);
  return last ?? null;
}

/** Seals what comes after the last seal. @returns whether there may be more */
async function sealSome(db: Db): Promise<boolean> {
  const last = await head(db);
  const entries = await db
    .select()
    .from(auditEntries)
    .where(gt(auditEntries.seq, last?.seq ?? 0))
    .orderBy(asc(auditEntries.seq))
    .limit(AT_ONCE);
  if (entries.length === 0) return false;
  let previous = last?.hash ?? GENESIS;
  const seals: [number, string][] = [];
  for (const entry of entries) {
    previous = await digest(sealed(previous, entry));
    seals.push([entry.seq, previous]);
  }
  // One parameter for all rows. Where another isolate was first, its hash is the same and nothing is written; were it another one, the
  // update would run into the trigger that refuses any.
  await db
    .insert(auditSeals)
    .select(sql`select value ->> 0, value ->> 1 from json_each(${JSON.stringify(seals)}) where true`)
    .onConflictDoUpdate({
      target: auditSeals.seq,
      set: { hash: sql`excluded.hash` },
      setWhere: sql`${auditSeals.hash} <> excluded.hash`,
    });
  return entries.length === AT_ONCE;
}

/**
 * Brings the chain up to the last entry: after each request that changed something, and by the sweeper for what broke off in between.
 * Any number may run at once: D1 has one writer, so entries come in the order of their numbers, and all make the same seals of them.
 */
export async function sealEntries({ db }: Pick<Platform, 'db'>): Promise<void> {
  while (await sealSome(db));
}

/** For `waitUntil`: what fails is in the log, and the sweeper does it a minute later. */
export const sealLater = (platform: Platform): Promise<void> =>
  sealEntries(platform).catch((error: unknown) => complain({ event: 'audit log not sealed', error }));
