import { exists, eq, sql, and } from 'drizzle-orm';
import { advertPlays, campaigns } from '../../schema/db/ads.ts';
import { titles } from '../../schema/db/catalog.ts';
import { selectRow, type Db } from '../platform/db.ts';
import type { Advert, Break } from './adverts.ts';

/** So many rows a round trip: what has gathered while D1 was away must not outgrow what one batch may hold. */
const AT_ONCE = 40;

/**
 * Writes what came of advertisements. May be repeated and may come late: a row only ever grows, and the sums of its campaign follow from
 * what its row gains, in the same transaction (schema/db/ads.sql). What is of a campaign or a title that is not there any more is left out.
 */
export async function writeAdverts(db: Db, breaks: readonly Break[]): Promise<void> {
  const owed = breaks.flatMap((own) =>
    own.adverts.filter(({ unwrittenSince }) => unwrittenSince !== null).map((advert) => ({ own, advert })),
  );
  for (let from = 0; from < owed.length; from += AT_ONCE) {
    const [first, ...rest] = owed.slice(from, from + AT_ONCE).flatMap(({ own, advert }) => {
      const row = rowOf(db, own, advert);
      return row ? [row] : [];
    });
    if (first) await db.batch([first, ...rest]);
  }
}

function rowOf(db: Db, own: Break, { id, campaignId, shownAt, quarters, skipped, clicked, ...paid }: Advert) {
  if (shownAt === null) return null;
  const { titleId, episodeId, licenceId, country, language } = own;
  const seen = { quarters, skipped, clicked, millis: paid.millis, currency: paid.currency };
  const about = { titleId, episodeId, licenceId, country, language, breakAt: Math.floor(own.breakAt) };
  const row = { id, campaignId, ...about, at: shownAt, ...seen };
  const campaign = db.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.id, campaignId));
  const title = db.select({ id: titles.id }).from(titles).where(eq(titles.id, titleId));
  return db
    .insert(advertPlays)
    .select(sql`${selectRow(advertPlays, row)} where ${and(exists(campaign), exists(title))}`)
    .onConflictDoUpdate({
      target: advertPlays.id,
      set: {
        quarters: sql`max(${advertPlays.quarters}, excluded.quarters)`,
        skipped: sql`max(${advertPlays.skipped}, excluded.skipped)`,
        clicked: sql`max(${advertPlays.clicked}, excluded.clicked)`,
      },
    });
}
