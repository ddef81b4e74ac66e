import { ageRatings } from '../../schema/catalog-terms.ts';
import { businessModels, type BusinessModel, type PlanTerms } from '../../schema/plans.ts';
import type { Offer } from '../../schema/problem.ts';
import { best } from './best.ts';
import { covers, ends, holdsBack, isAbout, isOpen, payment, planAt, releasedAt, starts } from './rows.ts';
import type {
  AgeRating,
  Grant,
  HoldbackTerms,
  LicenceTerms,
  Refusal,
  RefusalReason,
  Rights,
  Subject,
  Viewer,
} from './terms.ts';

/**
 * Who may watch what, where, how well and until when: one pure rule. No I/O, no clock, no environment (ADR 0019, 0044).
 * No licence row, no playback: for nobody, whatever their role.
 *
 * A refusal has one reason: the first of these that is true. What no viewer can mend comes before what waiting mends, and
 * that before what money mends, so that nobody pays, waits or changes profile only to be refused for something else.
 * 1. `not-signed-in`: who asks is not known, so nothing can be said; it is told nobody in particular.
 * 2. `not-found`: no such episode, or it is not published.
 * 3. `taken-down`: it, or its title.
 * 4. `not-in-territory`: no row lets anybody in the viewer's country watch at any time. That there is no row at all is the
 *    same: an unlicensed title is available nowhere, so also not here.
 * 5. `window-ended`: some row did, and none does from now on.
 * 6. `age-restricted`: rated above the ceiling of the profile.
 * 7. `not-yet`: a window has still to open, a holdback to end or the episode to air.
 * 8. `plan-required`: it is open here and now, to whoever is on a plan (that comes with advertising, where that is the model).
 * 9. `purchase-required`: it is open here and now to whoever rents or buys it.
 */
export function decide(
  viewer: Viewer,
  episode: Subject | null,
  rights: Rights,
  now: number,
): Grant | Refusal {
  if (!viewer.signedIn) return refuse('not-signed-in');
  if (!episode?.published) return refuse('not-found');
  if (episode.takenDown) return refuse('taken-down');
  const here = caseOf(viewer, episode, rights);
  const aboveAge = isAbove(episode.ageRating, viewer.ageCeiling);
  const grant = aboveAge ? null : grantAt(here, now);
  if (grant) return grant;

  const turns = openings(here);
  const later = turns.filter((at) => at > now);
  if (!turns.some((at) => isLicensed(here, at))) return refuse('not-in-territory');
  if (!isLicensed(here, now) && !later.some((at) => isLicensed(here, at))) return refuse('window-ended');
  if (aboveAge) return refuse('age-restricted');
  const retryAt = firstGrant(here, now);
  const offer = firstOffer(here, [now, ...later, ...releases(here, now)], retryAt ?? Infinity);
  if (!isLicensed(here, now) || now < (episode.airsAt ?? -Infinity)) return refuse('not-yet', retryAt, offer);
  const byPlan = here.licences.some((row) =>
    (['ads', 'subscription'] as const).some((model) => isOffered(here, row, model, now)),
  );
  return refuse(byPlan ? 'plan-required' : 'purchase-required', retryAt, offer);
}

/** What of all rows is about this episode, where the viewer is. */
type Case = {
  viewer: Viewer;
  episode: Subject;
  licences: readonly LicenceTerms[];
  holdbacks: readonly HoldbackTerms[];
};
const caseOf = (viewer: Viewer, episode: Subject, { licences, holdbacks }: Rights): Case => ({
  viewer,
  episode,
  licences: licences.filter(
    (row) => row.endedAt === null && isAbout(row, episode) && covers(row, viewer.country),
  ),
  holdbacks: holdbacks.filter((row) => isAbout(row, episode) && holdsBack(row, viewer.country)),
});

const refuse = (
  reason: RefusalReason,
  retryAt: number | null = null,
  offer: Offer | null = null,
): Refusal => ({ granted: false, reason, retryAt, offer });

const isAbove = (rating: AgeRating, ceiling: AgeRating) =>
  ageRatings.indexOf(rating) > ageRatings.indexOf(ceiling);

/** Whether a row lets anybody at all watch under a model at a moment, the date of airing apart. */
const isOffered = ({ holdbacks }: Case, row: LicenceTerms, model: BusinessModel, at: number): boolean =>
  isOpen(row, at) &&
  row.models.includes(model) &&
  !holdbacks.some((held) => isOpen(held, at) && held.models.includes(model));

const isLicensed = (here: Case, at: number): boolean =>
  here.licences.some((row) => row.models.some((model) => isOffered(here, row, model, at)));

/** The most permissive way in which the viewer may watch at a moment. */
function grantAt(here: Case, at: number): Grant | null {
  const { viewer, episode, licences } = here;
  const plan = planAt(viewer.subscriptions, at);
  let found: Grant | null = null;
  for (const row of licences) {
    if (!isOpen(row, at) || at < releasedAt(row, episode, plan.id)) continue;
    for (const model of row.models) {
      const paid = isOffered(here, row, model, at) ? payment(model, viewer, plan, episode, at) : null;
      if (!paid) continue;
      const until = Math.min(ends(row), paid.until, planChange(viewer, at), nextHoldback(here, model, at));
      const grant = grantOf(row, model, plan, paid.begins, at < (episode.airsAt ?? -Infinity), until);
      found = found ? best(found, grant) : grant;
    }
  }
  return found;
}

const grantOf = (
  row: LicenceTerms,
  model: BusinessModel,
  plan: PlanTerms,
  begins: Grant['begins'],
  early: boolean,
  until: number,
): Grant => ({
  granted: true,
  licenceId: row.id,
  model,
  ads: model === 'ads',
  downloads: row.downloads && plan.downloads,
  maxHeight: finite(Math.min(row.maxHeight ?? Infinity, plan.maxHeight ?? Infinity)),
  audio: row.audioLanguages,
  subtitles: row.subtitleLanguages,
  early,
  begins,
  until: finite(until),
});

const finite = (value: number) => (value === Infinity ? null : value);
const after = (now: number, times: readonly (number | null)[]): number =>
  times.reduce<number>((first, at) => (at !== null && at > now && at < first ? at : first), Infinity);
/** When another plan is in force. */
const planChange = ({ subscriptions }: Viewer, now: number): number => {
  const { id } = planAt(subscriptions, now);
  const turns = subscriptions.flatMap(({ since, until }) => [since, until]);
  return after(
    now,
    turns.filter((at) => at !== null && planAt(subscriptions, at).id !== id),
  );
};
const nextHoldback = ({ holdbacks }: Case, model: BusinessModel, now: number) =>
  after(
    now,
    holdbacks.map((held) =>
      held.models.includes(model) && starts(held) < ends(held) ? held.startsAt : null,
    ),
  );

/** All moments at which a row can begin to be licensed: its window opens, or a holdback ends. */
const openings = ({ licences, holdbacks }: Case): number[] => [
  ...licences.map(starts),
  ...holdbacks.map(ends),
];

/** Moments after `now` at which the episode airs, for everybody or for subscribers of a plan. */
function releases({ licences, episode: { airsAt } }: Case, now: number): number[] {
  if (airsAt === null) return [];
  const early = licences.flatMap((row) => row.earlyAccess.map(({ ms }) => airsAt - ms));
  return [airsAt, ...early].filter((at) => at > now);
}

/** A grant can only begin where something does: the first such moment at which there is one. */
function firstGrant(here: Case, now: number): number | null {
  const { subscriptions, purchases } = here.viewer;
  const own = [
    ...subscriptions.flatMap(({ since, until }) => [since, until]),
    ...purchases.map(({ boughtAt }) => boughtAt),
  ];
  const moments = [...openings(here), ...releases(here, now), ...own]
    .filter((at) => at !== null)
    .filter((at) => at > now && at < Infinity);
  return moments.toSorted((a, b) => a - b).find((at) => grantAt(here, at) !== null) ?? null;
}

/** The first of some moments, before `limit`, at which a plan or a payment would open it. */
function firstOffer(here: Case, moments: readonly number[], limit: number): Offer | null {
  for (const at of moments.filter((m) => m < limit).toSorted((a, b) => a - b)) {
    const offer = offerAt(here, at);
    if (offer) return offer;
  }
  return null;
}

function offerAt(here: Case, at: number): Offer | null {
  const { licences, episode } = here;
  const aired = at >= (episode.airsAt ?? -Infinity);
  const early = (row: LicenceTerms) =>
    row.earlyAccess.map(({ plan }) => plan).filter((plan) => at >= releasedAt(row, episode, plan));
  const open = licences.filter((row) => aired || early(row).length > 0);
  const models = businessModels.filter((model) => open.some((row) => isOffered(here, row, model, at)));
  if (models.length === 0) return null;
  const offering = open.filter((row) => models.some((model) => isOffered(here, row, model, at)));
  return { at, models, plans: aired ? null : [...new Set(offering.flatMap(early))].toSorted() };
}
