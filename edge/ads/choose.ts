import { ageRatings } from '../../schema/catalog-terms.ts';
import { BREAK_ADVERTS, BREAK_SECONDS } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import { licensed } from '../playback/select.ts';
import type { AgeRating } from '../rights/terms.ts';

/** What of a running campaign decides whether it is shown. As schema/db/ads.ts has it. */
export type CampaignTerms = {
  id: Id<'campaign'>;
  startsAt: number | null;
  endsAt: number | null;
  countries: readonly string[] | null;
  languages: readonly string[] | null;
  titleIds: readonly Id<'title'>[] | null;
  leastRating: AgeRating | null;
  mostRating: AgeRating | null;
  capPerDay: number | null;
  goal: number | null;
  pacing: 'even' | 'asap';
  priority: number;
  /** Impressions so far. */
  shown: number;
};

/** Who sees what it would interrupt. Of the person nothing but where they are and what they hear. */
export type Watching = {
  country: string | null;
  /** BCP 47; null: not known. */
  heard: string | null;
  titleId: Id<'title'>;
  /** Of the episode's title. */
  rating: AgeRating;
};

/** How often this account has been shown a campaign today (UTC), by its id. */
export type Counts = Readonly<Record<string, number>>;

/**
 * The campaigns that may be shown in a break, the one that goes first first. Pure: the same campaigns, viewer, counts, moment and seed are
 * the same answer, in whatever order campaigns come.
 *
 * A campaign fits where all it names is met: what it names and nobody knows is not met. Of those that fit, the higher priority goes first;
 * of equal ones the one that is further behind its goal, then the one that this account has seen less of, then chance, by the seed.
 */
export function choose<C extends CampaignTerms>(
  campaigns: readonly C[],
  viewer: Watching,
  counts: Counts,
  now: number,
  seed: string,
): C[] {
  const seen = ({ id }: C) => counts[id] ?? 0;
  return campaigns
    .filter(
      (one) =>
        isOpen(one, now) &&
        isFor(one, viewer) &&
        isWanted(one, now) &&
        seen(one) < (one.capPerDay ?? Infinity),
    )
    .map((one) => ({ one, behind: behind(one, now), chance: chance(`${seed} ${one.id}`) }))
    .toSorted(
      (a, b) =>
        b.one.priority - a.one.priority ||
        b.behind - a.behind ||
        seen(a.one) - seen(b.one) ||
        a.chance - b.chance ||
        (a.one.id < b.one.id ? -1 : 1),
    )
    .map(({ one }) => one);
}

type Time = Pick<CampaignTerms, 'startsAt' | 'endsAt'>;
const isOpen = ({ startsAt, endsAt }: Time, now: number) =>
  now >= (startsAt ?? -Infinity) && now < (endsAt ?? Infinity);

function isFor(campaign: CampaignTerms, { country, heard, titleId, rating }: Watching): boolean {
  const { countries, languages, titleIds, leastRating, mostRating } = campaign;
  const rank = (one: AgeRating) => ageRatings.indexOf(one);
  return (
    (countries === null || (country !== null && countries.includes(country))) &&
    (languages === null || (heard !== null && licensed(heard, languages))) &&
    (titleIds === null || titleIds.includes(titleId)) &&
    (leastRating === null || rank(rating) >= rank(leastRating)) &&
    (mostRating === null || rank(rating) <= rank(mostRating))
  );
}

type Pacing = Time & Pick<CampaignTerms, 'goal' | 'pacing' | 'shown'>;

/** Impressions that a campaign should have by now: all of its goal, or, spread evenly, the part of it that its time has run. */
export function expectedBy({ goal, pacing, startsAt, endsAt }: Pacing, now: number): number {
  if (goal === null) return Infinity;
  if (pacing === 'asap' || startsAt === null || endsAt === null || endsAt <= startsAt) return goal;
  return goal * Math.min(1, Math.max(0, (now - startsAt) / (endsAt - startsAt)));
}
/** One that has what it should have waits for the others. */
const isWanted = (campaign: Pacing, now: number) => campaign.shown < expectedBy(campaign, now);
/** Of its goal, 0 to 1; what has no goal is never behind. */
const behind = (campaign: Pacing, now: number) =>
  campaign.goal === null ? 0 : (expectedBy(campaign, now) - campaign.shown) / campaign.goal;

/** 32 bits that depend on all of a text (FNV-1a): enough to take turns by, and nothing hangs on nobody guessing it. */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** @param film what is shown, whichever campaign shows it */
type Filling = { seconds: number; film: string };
/** Of advertisements in their order, those that a break has room for. What does not fit leaves its place to the next; none comes twice. */
export function fill<A extends Filling>(offered: readonly A[]): A[] {
  const taken: A[] = [];
  let left = BREAK_SECONDS;
  for (const one of offered) {
    if (taken.length === BREAK_ADVERTS) break;
    if (one.seconds > left || taken.some(({ film }) => film === one.film)) continue;
    taken.push(one);
    left -= one.seconds;
  }
  return taken;
}
