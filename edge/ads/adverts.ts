import type { AdMark } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import type { Counts } from './choose.ts';

/**
 * What was decided for the breaks of one account's plays, and what has come of it: pure rules (ADR 0089). The account's object keeps them
 * (edge/platform/ad-breaks.ts) until they are in D1 and nothing can happen to them any more.
 */

/** What is shown: a film of ours, or one somewhere else that a VAST tag named. */
export type Film =
  | { at: 'ours'; assetId: Id<'asset'>; revision: number; keyId: string | null; periods: number }
  | { at: 'outside'; url: string; pixels: Partial<Record<'shown' | AdMark, readonly string[]>> };

/** An advertisement that has its place in a break. */
export type Advert = {
  id: Id<'advert'>;
  campaignId: Id<'campaign'>;
  advertiser: string;
  film: Film;
  seconds: number;
  clickUrl: string | null;
  capPerDay: number | null;
  /** What it pays when it is shown: thousandths of the smallest unit. */
  millis: number;
  currency: string | null;
  /** When its first picture was given out, ms UTC; null: it was not. */
  shownAt: number | null;
  /** How far it was seen: 0 to 4 quarters. */
  quarters: number;
  skipped: boolean;
  clicked: boolean;
  /** Since when D1 is to be told of something, ms UTC; null: it knows all of it. */
  unwrittenSince: number | null;
};

/** What is shown in one break of one play. */
export type Break = {
  playbackId: Id<'playback'>;
  /** Which of the play's, from 0. */
  n: number;
  /** Seconds of the episode. */
  breakAt: number;
  /** When it was decided, and the end of the play's token, ms UTC. */
  decidedAt: number;
  until: number;
  titleId: Id<'title'>;
  episodeId: Id<'episode'>;
  licenceId: Id<'licence'>;
  country: string | null;
  language: string | null;
  skippable: boolean;
  adverts: readonly Advert[];
};

const DAY_MS = 86_400_000;
/** An advertisement that nobody has come to after so long gives its place in the day's cap back; it is looked at again if they do. */
const RESERVED_MS = 30 * 60_000;

/** An advertisement takes one of its campaign's times today: it was shown today, or is about to be. */
const counts = ({ shownAt }: Advert, { decidedAt }: Break, now: number): boolean => {
  const day = Math.floor(now / DAY_MS);
  return shownAt !== null ? Math.floor(shownAt / DAY_MS) === day : now < decidedAt + RESERVED_MS;
};

/** How often each campaign counts against its cap today. */
export function countsOf(breaks: Iterable<Break>, now: number): Counts {
  const sums: Record<string, number> = {};
  for (const one of breaks)
    for (const advert of one.adverts)
      if (counts(advert, one, now)) sums[advert.campaignId] = (sums[advert.campaignId] ?? 0) + 1;
  return sums;
}

const isCapped = ({ campaignId, capPerDay }: Advert, counted: Counts) =>
  capPerDay !== null && (counted[campaignId] ?? 0) >= capPerDay;

/** A break as it is kept: without what another break of the account has used up the cap of, since this one was chosen. */
export function within(chosen: Break, others: Iterable<Break>, now: number): Break {
  const counted = { ...countsOf(others, now) };
  const adverts = chosen.adverts.filter((advert) => {
    if (isCapped(advert, counted)) return false;
    counted[advert.campaignId] = (counted[advert.campaignId] ?? 0) + 1;
    return true;
  });
  return { ...chosen, adverts };
}

/** What came of a sign that an advertisement is seen. `fire`: addresses that are told, now and never again. */
export type Moved =
  | { outcome: 'counted'; advert: Advert; fire: readonly string[] }
  /** It counts already, or nothing more of it does. */
  | { outcome: 'nothing-new' }
  /** Sooner than it can be; from `retryAt` on, ms UTC. */
  | { outcome: 'too-soon'; retryAt: number }
  | { outcome: 'not-shown' }
  /** Somebody sees it only now, and its cap has been used up meanwhile. */
  | { outcome: 'capped' };

/** Its first picture is given out. @param others all breaks of the account but this one */
export function show(advert: Advert, own: Break, others: Iterable<Break>, now: number): Moved {
  if (advert.shownAt !== null) return { outcome: 'nothing-new' };
  if (!counts(advert, own, now) && isCapped(advert, countsOf([...others, own], now)))
    return { outcome: 'capped' };
  return counted({ ...advert, shownAt: now }, now, pixelsOf(advert, ['shown']));
}

const quarters = { q1: 1, q2: 2, q3: 3, q4: 4 } as const;

/**
 * A player says how far it is. A quarter counts once as much time has passed since the first picture was given out as it takes to see it,
 * so nobody can say more than has been; a later one says the earlier ones too, so that a message that is lost or late loses nothing.
 */
export function mark(advert: Advert, skippable: boolean, what: AdMark, now: number): Moved {
  const { shownAt, skipped, clicked, seconds } = advert;
  if (shownAt === null) return { outcome: 'not-shown' };
  if (what === 'click')
    return clicked
      ? { outcome: 'nothing-new' }
      : counted({ ...advert, clicked: true }, now, pixelsOf(advert, ['click']));
  if (skipped || advert.quarters === 4) return { outcome: 'nothing-new' };
  if (what === 'skip')
    return skippable
      ? counted({ ...advert, skipped: true }, now, pixelsOf(advert, ['skip']))
      : { outcome: 'nothing-new' };
  const quarter = quarters[what];
  if (quarter <= advert.quarters) return { outcome: 'nothing-new' };
  const earliest = shownAt + Math.ceil((seconds * 1000 * quarter) / 4);
  if (now < earliest) return { outcome: 'too-soon', retryAt: earliest };
  const reached = (['q1', 'q2', 'q3', 'q4'] as const).slice(advert.quarters, quarter);
  return counted({ ...advert, quarters: quarter }, now, pixelsOf(advert, reached));
}

const counted = (advert: Advert, now: number, fire: readonly string[]): Moved => ({
  outcome: 'counted',
  advert: { ...advert, unwrittenSince: advert.unwrittenSince ?? now },
  fire,
});

const pixelsOf = ({ film }: Advert, events: readonly ('shown' | AdMark)[]): string[] =>
  film.at === 'ours' ? [] : events.flatMap((event) => film.pixels[event] ?? []);

/** D1 is told of all that has come together in so long: commonly of an advertisement from its beginning to its end. */
const WRITE_AFTER_MS = 45_000;
/** When D1 is to be told of something in a break, ms UTC; null: there is nothing. */
export function dueAt({ adverts }: Break): number | null {
  const times = adverts.flatMap(({ unwrittenSince }) => unwrittenSince ?? []);
  return times.length > 0 ? Math.min(...times) + WRITE_AFTER_MS : null;
}

/** When a break can be forgotten: nothing of it can happen any more, and it counts against no cap. */
export const forgottenAt = ({ until, decidedAt, adverts }: Break): number =>
  Math.max(
    until,
    ...adverts.map(({ shownAt }) => (Math.floor((shownAt ?? decidedAt) / DAY_MS) + 1) * DAY_MS),
  );
