import type { Id } from '../../schema/ids.ts';
import type { StreamNow, StreamsSummary } from '../../schema/api/people.ts';
import { masked } from '../accounts/masked.ts';
import type { LiveEntry } from '../platform/live-index.ts';
import type { Platform } from '../platform/platform.ts';
import { reached } from './lease.ts';
import { emailsOf, namesOf } from './live-queries.ts';

/** Of the titles that are watched now, those that are told. */
const TITLES = 20;

/** Streams with whose they are, masked. One D1 round trip. */
export async function shownStreams({ db }: Platform, entries: readonly LiveEntry[]): Promise<StreamNow[]> {
  const emails = await emailsOf(
    db,
    entries.map(({ userId }) => userId),
  );
  return entries.map((entry) => {
    const email = emails.get(entry.userId);
    return { ...entry, email: email === undefined ? null : masked(email) };
  });
}

/**
 * How many play now, and what, where, on which plan: one call of each shard and one D1 round trip, whoever asks and however many play.
 * @throws Problem `unavailable`
 */
export async function liveSummary(platform: Platform): Promise<StreamsSummary> {
  const { streams, accounts, titles, countries, plans } = await reached(platform.live.counts());
  const most = titles.flatMap(({ of, streams: n }) =>
    of ? [{ titleId: of as Id<'title'>, streams: n }] : [],
  );
  const top = most.slice(0, TITLES);
  const names = await namesOf(
    platform.db,
    top.map(({ titleId }) => titleId),
  );
  return {
    streams,
    accounts,
    titles: top.map((title) => ({ ...title, name: names.get(title.titleId) ?? null })),
    countries: countries.map(({ of, streams: n }) => ({ country: of, streams: n })),
    plans: plans.map(({ of, streams: n }) => ({ planId: of, streams: n })),
    at: platform.now(),
  };
}
