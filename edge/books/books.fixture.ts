import { env } from 'cloudflare:workers';
import type { Id } from '../../schema/ids.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { advertPlays, campaigns } from '../../schema/db/ads.ts';
import { ledger, licensorShares } from '../../schema/db/books.ts';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import { plays } from '../../schema/db/library.ts';
import { licences, licensors } from '../../schema/db/rights.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';

// A world to keep books of: titles with licences of licensors, plays, money. Rows as the rest of the platform leaves them.

export const db = database(env.DB);
/** The platform at a moment. */
export const at = (now: number) =>
  Object.assign(Object.create(platform(env)) as ReturnType<typeof platform>, { now: () => now });

export async function licensorOf(
  name: string,
  shares: Partial<Record<BusinessModel, number>> = {},
): Promise<Id<'licensor'>> {
  const id = newId('licensor');
  await db.insert(licensors).values({ id, name: `${name} ${id}`, createdAt: 0, updatedAt: 0 });
  for (const [model, basisPoints] of Object.entries(shares))
    await db.insert(licensorShares).values({
      id: newId('share'),
      licensorId: id,
      model: model as BusinessModel,
      basisPoints,
      startsAt: 0,
      createdAt: 0,
    });
  return id;
}

/** A title with one episode, and one licence for the whole world under every model. */
export async function titleOf(licensorId: Id<'licensor'> | null, name = 'A title') {
  const [titleId, seasonId, episodeId, licenceId] = [
    newId('title'),
    newId('season'),
    newId('episode'),
    newId('licence'),
  ] as const;
  const made = { createdAt: 0, updatedAt: 0 };
  await db.batch([
    db.insert(titles).values({
      id: titleId,
      slug: titleId,
      nameMain: name,
      kind: 'series',
      status: 'airing',
      ageRating: 'all',
      ...made,
    }),
    db.insert(seasons).values({ id: seasonId, titleId, number: 1 }),
    db.insert(episodes).values({ id: episodeId, titleId, seasonId, season: 1, number: 1, ...made }),
    db.insert(licences).values({
      id: licenceId,
      licensorId,
      titleId,
      territoryMode: 'exclude',
      countries: [],
      models: ['free', 'ads', 'subscription', 'rental', 'purchase'],
      createdAt: 0,
    }),
  ]);
  return { titleId, episodeId, licenceId };
}
export type Made = Awaited<ReturnType<typeof titleOf>>;

export type PlayRow = typeof plays.$inferInsert;
export const playOf = (
  { titleId, episodeId, licenceId }: Made,
  row: Partial<PlayRow> & { startedAt: number },
): PlayRow => ({
  id: newId('playback'),
  titleId,
  episodeId,
  licenceId,
  userId: null,
  country: 'JP',
  planId: 'fan',
  model: 'subscription',
  audio: 'ja',
  lastAt: row.startedAt,
  periods: 1,
  seconds: 60,
  ...row,
});
export type EntryRow = typeof ledger.$inferInsert;
let entry = 0;
export const entryOf = (row: Partial<EntryRow> & { at: number; amount: number }): EntryRow => ({
  id: `payment:in_${++entry}${newId('share')}`,
  kind: 'payment',
  country: 'JP',
  currency: 'jpy',
  tax: 0,
  recordedAt: row.at,
  ...row,
});
export const put = {
  plays: async (rows: readonly PlayRow[]) => {
    for (let i = 0; i < rows.length; i += 5) await db.insert(plays).values(rows.slice(i, i + 5));
  },
  entries: async (rows: readonly EntryRow[]) => {
    for (let i = 0; i < rows.length; i += 4) await db.insert(ledger).values(rows.slice(i, i + 4));
  },
  adverts: async (rows: readonly Omit<typeof advertPlays.$inferInsert, 'id' | 'campaignId'>[]) => {
    const campaignId = newId('campaign');
    await db.insert(campaigns).values({
      id: campaignId,
      name: 'One',
      advertiser: 'Somebody',
      state: 'running',
      createdAt: 0,
      updatedAt: 0,
    });
    for (const row of rows) await db.insert(advertPlays).values({ ...row, id: newId('advert'), campaignId });
  },
};
