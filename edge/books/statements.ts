import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Id } from '../../schema/ids.ts';
import { statements } from '../../schema/db/books.ts';
import type { StatementDocument } from '../../schema/statement.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { documentIn, signedStatement } from './document.ts';
import { foldDay } from './fold.ts';
import { statementOf, type Statement } from './lines.ts';
import { daysOf, monthAfter, monthName } from './months.ts';
import { reckonMonth } from './reckon.ts';
import { RULES } from './rules.ts';
import { statementCsv, type NamedLine } from './statement-csv.ts';
import { lastStatement, sharesIn, sumsOf, type StatementRow } from './statement-queries.ts';

type Reckoned = Omit<Statement, 'lines'> & { lines: NamedLine[]; csv: string; sha256: string };

/** A month from its logs: days first, then what it earned. */
export async function reckonAnew({ db, now }: Pick<Platform, 'db' | 'now'>, month: number): Promise<void> {
  for (const day of daysOf(month)) if (day <= now()) await foldDay(db, day, now());
  await reckonMonth(db, month, now());
}

/**
 * What a licensor is told, by the sums of the month as they are.
 * @param names what titles were called when it was told first, by id; what is not there has its name of now
 */
async function reckoned(
  { db }: Pick<Platform, 'db'>,
  licensorId: Id<'licensor'>,
  month: number,
  names: Readonly<Record<string, string>> = {},
): Promise<Reckoned> {
  const [rows, shareOf] = await Promise.all([sumsOf(db, licensorId, month), sharesIn(db, licensorId, month)]);
  const nameOf = new Map(rows.map((row) => [row.titleId, names[row.titleId] ?? row.titleName]));
  const { lines, ...sums } = statementOf(rows, shareOf);
  const named = lines.map((line) => ({ ...line, titleName: nameOf.get(line.titleId) ?? '' }));
  const csv = statementCsv(named);
  return { ...sums, lines: named, csv, sha256: await sha256(csv) };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const owedIn = (money: Statement['money']): Record<string, number> =>
  Object.fromEntries(Object.entries(money).map(([currency, { owed }]) => [currency, owed]));

export type Telling = {
  licensorId: Id<'licensor'>;
  month: number;
  reason?: string | undefined;
  /** Null: by itself. */
  by: string | null;
  /** The month is reckoned from its logs first, rather than taken as its sums are. */
  anew: boolean;
};

/**
 * Makes a statement: reckoned, signed, kept, and never changed. The files stand before the row does, so that what is listed can be read.
 * @throws Problem `not-found`: no such licensor; `conflict`: the month is not over, there is one and no reason is given for another, or
 *   another one was made at this very moment
 */
export async function makeStatement(platform: Platform, telling: Telling): Promise<StatementRow> {
  const { db, now, newId, settings } = platform;
  const { licensorId, month, reason = null, by, anew } = telling;
  const until = monthAfter(month);
  if (now() < until)
    throw new Problem(
      'conflict',
      `${monthName(month)} is not over yet: wait until ${new Date(until).toISOString()}.`,
    );
  const last = await lastStatement(db, licensorId, month);
  if (!last) throw new Problem('not-found', 'There is no such licensor.');
  if (last.number !== null && !reason)
    throw new Problem(
      'conflict',
      `There is statement ${last.number} for that month. A correction of it takes a reason.`,
    );
  if (anew) await reckonAnew(platform, month);
  const told = await reckoned(platform, licensorId, month);
  const id = newId('statement');
  const [number, madeAt] = [(last.number ?? 0) + 1, now()];
  const row: StatementRow = {
    id,
    licensorId,
    from: month,
    until,
    number,
    reason,
    rules: RULES,
    sha256: told.sha256,
    csvKey: `statements/${id}.csv`,
    documentKey: `statements/${id}.jws`,
    keyId: await calculateJwkThumbprint(JSON.parse(platform.secrets.authSigningKey) as JWK),
    plays: told.plays,
    minutes: told.minutes,
    owed: owedIn(told.money),
    createdBy: by,
    createdAt: madeAt,
  };
  const document: StatementDocument = {
    format: 'engawa-statement',
    version: 1,
    issuer: settings.origin,
    id,
    licensor: { id: licensorId, name: last.name },
    from: month,
    until,
    number,
    reason,
    rules: RULES,
    csv: { sha256: told.sha256, lines: told.lines.length },
    plays: told.plays,
    minutes: told.minutes,
    money: told.money,
    titles: Object.fromEntries(told.lines.map(({ titleId, titleName }) => [titleId, titleName])),
    madeAt,
  };
  await platform.bucket.put(row.csvKey, told.csv);
  await platform.bucket.put(
    row.documentKey,
    await signedStatement(document, platform.secrets.authSigningKey),
  );
  // Of two that are made at once one has the number: what it says is the same.
  const made = await db.insert(statements).values(row).onConflictDoNothing().returning({ id: statements.id });
  if (made.length === 0)
    throw new Problem(
      'conflict',
      'Another statement was made for that month this very moment. Look at it first.',
    );
  return row;
}

/** What was signed. @throws Problem `unavailable` where the store does not have it */
export async function documentOf({ bucket }: Platform, { documentKey }: StatementRow): Promise<string> {
  const stored = await bucket.get(documentKey);
  if (!stored) throw new Problem('unavailable', 'The signed document cannot be read right now.');
  return stored.text();
}

/** The bytes that were signed. @throws Problem `unavailable` where the store does not have them */
export async function storedCsv({ bucket }: Platform, { csvKey }: StatementRow): Promise<string> {
  const stored = await bucket.get(csvKey);
  if (!stored) throw new Problem('unavailable', 'The lines of the statement cannot be read right now.');
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(await stored.arrayBuffer());
}

/** Reckons a statement anew from the logs, by the names that titles had then. */
export async function checkStatement(platform: Platform, row: StatementRow) {
  const { titles } = documentIn(await documentOf(platform, row));
  await reckonAnew(platform, row.from);
  const now = await reckoned(platform, row.licensorId, row.from, titles);
  return {
    same: now.sha256 === row.sha256,
    sha256: now.sha256,
    plays: now.plays,
    minutes: now.minutes,
    owed: owedIn(now.money),
    checkedAt: platform.now(),
  };
}
