import { and, asc, eq, exists, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { advertPlays } from '../../schema/db/ads.ts';
import { foldedDays, reckonedMonths } from '../../schema/db/books.ts';
import type { Platform } from '../platform/platform.ts';
import { foldDay, SETTLED_MS } from './fold.ts';
import { DAY, dayOf, monthAfter, monthOf } from './months.ts';

/** Whole months for which it can be said of each advertisement when it was shown: a year can be compared with the one before it. */
const KEPT_MONTHS = 13;
/** Rows a minute: each stands in three indexes as well, and D1 gives a statement half a minute. */
const AT_ONCE = 2_000;

/**
 * Run by cron each minute: of a day that is long over, single advertisements are forgotten, once its sums are settled and its month was
 * reckoned by them. The sums stay, and from then on are what there is (fold.ts): so a month and its statements come out as before.
 */
export async function sweepAdvertPlays({ db, now }: Pick<Platform, 'db' | 'now'>): Promise<void> {
  const [oldest] = await db
    .select({ at: advertPlays.at })
    .from(advertPlays)
    .orderBy(asc(advertPlays.at))
    .limit(1);
  if (!oldest || oldest.at >= monthAfter(monthOf(now()), -KEPT_MONTHS)) return;
  const day = dayOf(oldest.at);
  const [folded] = await db
    .select({ at: foldedDays.foldedAt, reckonedAt: reckonedMonths.reckonedAt })
    .from(foldedDays)
    .leftJoin(reckonedMonths, eq(reckonedMonths.month, monthOf(day)))
    .where(eq(foldedDays.day, day));
  // Its month is reckoned when its turn comes.
  if (!folded || folded.at < day + DAY + SETTLED_MS) return foldDay(db, day, now());
  if (folded.reckonedAt === null || folded.reckonedAt < folded.at) return;
  const some = db
    .select({ id: advertPlays.id })
    .from(advertPlays)
    .where(and(gte(advertPlays.at, day), lt(advertPlays.at, day + DAY)))
    .limit(AT_ONCE);
  const told = db
    .select({ day: foldedDays.day })
    .from(foldedDays)
    .where(and(eq(foldedDays.day, day), isNotNull(foldedDays.advertsForgottenAt)));
  await db.batch([
    db
      .update(foldedDays)
      .set({ advertsForgottenAt: sql`coalesce(${foldedDays.advertsForgottenAt}, ${now()})` })
      // As it was when it was looked at: what is reckoned meanwhile has to be in its month first.
      .where(and(eq(foldedDays.day, day), eq(foldedDays.foldedAt, folded.at))),
    db.delete(advertPlays).where(and(inArray(advertPlays.id, some), exists(told))),
  ]);
}
