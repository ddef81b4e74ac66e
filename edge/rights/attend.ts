import { and, asc, eq, gt, isNull, lt, lte, or, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { titles } from '../../schema/db/catalog.ts';
import { licences, rightsAttention, type AttentionAbout } from '../../schema/db/rights.ts';
import type { Attention } from '../../schema/api/rights-room.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { rowsOf, type Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { attention } from './attention.ts';

/** Of changes that meet, the last one to write has seen all others within so many rounds. */
const ROUNDS = 4;
/** Rows that are over and swept away at once. */
const AT_ONCE = 500;

const terms = {
  id: licences.id,
  licensorId: licences.licensorId,
  season: licences.season,
  episodeFrom: licences.episodeFrom,
  episodeTo: licences.episodeTo,
  territoryMode: licences.territoryMode,
  countries: licences.countries,
  startsAt: licences.startsAt,
  endsAt: licences.endsAt,
  models: licences.models,
  maxHeight: licences.maxHeight,
  audioLanguages: licences.audioLanguages,
  subtitleLanguages: licences.subtitleLanguages,
  earlyAccess: licences.earlyAccess,
  downloads: licences.downloads,
  endedAt: licences.endedAt,
};
const inForce = (id: Id<'title'>) =>
  rowsOf(terms, sql`${licences} where ${and(eq(licences.titleId, id), isNull(licences.endedAt))}`);

/**
 * Reckons what of a title's licences needs somebody, and puts it in the place of what was reckoned before. It is written only if the
 * licences still are what it was reckoned from. May be repeated.
 */
export async function attendAnew(db: Db, id: Id<'title'>, now: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const rows = inForce(id);
    const [title] = await db
      .select({ licences: rows, seen: sql<string>`${rows}` })
      .from(titles)
      .where(eq(titles.id, id));
    if (!title || (await write(db, id, title.seen, attention(title.licences), now))) return;
  }
}

async function write(
  db: Db,
  titleId: Id<'title'>,
  seen: string,
  findings: ReturnType<typeof attention>,
  now: number,
): Promise<boolean> {
  const rows = findings
    .filter(({ until }) => until === null || until > now)
    .map(({ kind, from, until, licences: licenceIds, ...where }) => ({
      kind,
      at: from ?? 0,
      until,
      about: { licenceIds, ...where } satisfies AttentionAbout,
    }));
  const unchanged = sql`${inForce(titleId)} = ${seen}`;
  const [still] = await db.batch([
    db
      .select({ id: titles.id })
      .from(titles)
      .where(and(eq(titles.id, titleId), unchanged)),
    db.delete(rightsAttention).where(and(eq(rightsAttention.titleId, titleId), unchanged)),
    // One parameter for all rows: D1 binds a hundred at most.
    db.insert(rightsAttention).select(
      sql`select ${titleId}, key, value ->> 'kind', value ->> 'at', value ->> 'until', value -> 'about'
        from json_each(${JSON.stringify(rows)}) where ${unchanged}`,
    ),
  ]);
  return still.length > 0;
}

export const AttentionCursor = v.tuple([v.number(), idSchema('title'), v.number()]);

/**
 * What begins before `before` and is not over, the earliest first; one more than `limit`. Reads what it answers, along an index, and
 * what was over since the last sweep.
 */
export async function attentionList(
  db: Db,
  { kind, now, before }: { kind: Attention['kind'] | undefined; now: number; before: number },
  after: v.InferOutput<typeof AttentionCursor> | null,
  limit: number,
) {
  const { at, titleId, number, until } = rightsAttention;
  return db
    .select({
      titleId,
      number,
      kind: rightsAttention.kind,
      at,
      until,
      about: rightsAttention.about,
      titleName: titles.nameMain,
    })
    .from(rightsAttention)
    .innerJoin(titles, eq(titles.id, titleId))
    .where(
      and(
        kind ? eq(rightsAttention.kind, kind) : undefined,
        lt(at, before),
        after ? sql`(${at}, ${titleId}, ${number}) > (${after[0]}, ${after[1]}, ${after[2]})` : undefined,
        or(isNull(until), gt(until, now)),
      ),
    )
    .orderBy(asc(at), asc(titleId), asc(number))
    .limit(limit + 1);
}

/** Endings that have come, gaps that were closed by time, overlaps that ended. */
export async function sweepAttention({ db, now }: Platform): Promise<void> {
  const over = db
    .select({ rowid: sql`rowid` })
    .from(rightsAttention)
    .where(lte(rightsAttention.until, now()))
    .limit(AT_ONCE);
  await db.delete(rightsAttention).where(sql`rowid in ${over}`);
}
