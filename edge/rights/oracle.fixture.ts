import { ageRatings } from '../../schema/catalog-terms.ts';
import { basePlan, businessModels, type BusinessModel, type PlanTerms } from '../../schema/plans.ts';
import type { HoldbackTerms, LicenceTerms, PurchaseTerms, Rights, Subject, Viewer } from './terms.ts';

// What `decide` should say, found the slow way: every row, every model, every single millisecond of a small world, in the words of
// the contract. It shares no code with the rule, and knows no shortcut.

/** A question in a world of which every moment from `BEGIN` to `END` can be tried. */
export type Question = { viewer: Viewer; episode: Subject; rights: Rights; now: number };
export const BEGIN = 1_790_000_000_000;
/** Beyond everything that can begin in it (12) and all that lasts from then on (12). */
export const END = BEGIN + 26;
const moments = Array.from({ length: END - BEGIN + 1 }, (_, i) => BEGIN + i);

const within = (at: number, from: number | null, to: number | null) =>
  !(from !== null && at < from) && !(to !== null && at >= to);

function inCountry(row: LicenceTerms | HoldbackTerms, country: string): boolean {
  const named = row.countries.some((code) => code === country);
  return row.territoryMode === 'include' ? named : !named;
}
const isWorld = (row: LicenceTerms) => row.territoryMode === 'exclude' && row.countries.length === 0;
/** An include of nothing is nowhere; of anything else it may be where an unknown country is. */
const isNowhere = (row: HoldbackTerms) => row.territoryMode === 'include' && row.countries.length === 0;

function forEpisode(row: LicenceTerms | HoldbackTerms, { season, number }: Subject): boolean {
  if (row.season === null) return true;
  if (season !== row.season) return false;
  if (row.episodeFrom !== null && number < row.episodeFrom) return false;
  return !(row.episodeTo !== null && number > row.episodeTo);
}

/** Whether anybody where the viewer is could watch under a model of a row, had it aired. */
export function licensed(q: Question, row: LicenceTerms, model: BusinessModel, at: number): boolean {
  const { country } = q.viewer;
  if (row.endedAt !== null || !forEpisode(row, q.episode)) return false;
  if (country === null ? !isWorld(row) : !inCountry(row, country)) return false;
  if (!within(at, row.startsAt, row.endsAt)) return false;
  if (!row.models.some((offered) => offered === model)) return false;
  for (const held of q.rights.holdbacks) {
    if (!forEpisode(held, q.episode) || !within(at, held.startsAt, held.endsAt)) continue;
    if (country === null ? isNowhere(held) : !inCountry(held, country)) continue;
    if (held.models.some((taken) => taken === model)) return false;
  }
  return true;
}

export function planOf({ subscriptions }: Viewer, at: number): PlanTerms {
  const [highest] = subscriptions
    .filter(({ since, until }) => within(at, since, until))
    .map(({ plan }) => plan)
    .sort((a, b) => b.rank - a.rank || String(a.id).localeCompare(String(b.id)));
  return highest ?? basePlan;
}

function released(row: LicenceTerms, { airsAt }: Subject, plan: string | null, at: number): boolean {
  if (airsAt === null || at >= airsAt) return true;
  return row.earlyAccess.some((early) => early.plan === plan && at >= airsAt - early.ms);
}

function holds(of: PurchaseTerms, { id, season }: Subject, at: number): boolean {
  if (of.episodeId !== null && of.episodeId !== id) return false;
  if (of.episodeId === null && of.season !== null && of.season !== season) return false;
  if (at < of.boughtAt || (of.revokedAt !== null && at >= of.revokedAt)) return false;
  if (of.kind === 'purchase') return true;
  if (of.begunAt === null) return (of.beginBy === null || at < of.beginBy) && of.playsForMs !== 0;
  return of.playsForMs === null || at < of.begunAt + of.playsForMs;
}

function paid(q: Question, model: BusinessModel, at: number): boolean {
  if (model === 'free') return true;
  if (model === 'ads') return planOf(q.viewer, at).ads;
  if (model === 'subscription') return planOf(q.viewer, at).id !== null;
  return q.viewer.purchases.some((of) => of.kind === model && holds(of, q.episode, at));
}

/** Every way in which the viewer may watch at a moment. */
export function ways(q: Question, at: number): { row: LicenceTerms; model: BusinessModel }[] {
  const { viewer, episode, rights } = q;
  if (!viewer.signedIn || !episode.published || episode.takenDown) return [];
  if (ageRatings.indexOf(episode.ageRating) > ageRatings.indexOf(viewer.ageCeiling)) return [];
  return rights.licences.flatMap((row) =>
    businessModels
      .filter(
        (model) =>
          licensed(q, row, model, at) &&
          paid(q, model, at) &&
          released(row, episode, planOf(viewer, at).id, at),
      )
      .map((model) => ({ row, model })),
  );
}

/** Until when one way lasts, by what is held now and has begun; `begins` does so at this moment. Null: until the end of the world. */
export function lasts(q: Question, way: { row: LicenceTerms; model: BusinessModel }, begins: string | null) {
  const purchases = q.viewer.purchases
    .filter((of) => holds(of, q.episode, q.now))
    .map((of) => (of.id === begins ? { ...of, begunAt: q.now } : of))
    .filter((of) => of.kind === 'purchase' || of.begunAt !== null);
  const begun = { ...q, viewer: { ...q.viewer, purchases } };
  const plan = planOf(q.viewer, q.now);
  const over = moments.find(
    (at) =>
      at > q.now &&
      (planOf(q.viewer, at).id !== plan.id ||
        !ways(begun, at).some(({ row, model }) => row.id === way.row.id && model === way.model)),
  );
  return over ?? null;
}

const open = (q: Question, model: BusinessModel, at: number) =>
  q.rights.licences.some((row) => licensed(q, row, model, at));
const someModel = (q: Question, at: number) => businessModels.some((model) => open(q, model, at));

/** The reason, with the first moment at which it is none. */
export function refusal(q: Question): { reason: string; retryAt: number | null } {
  const retryAt = moments.find((at) => at > q.now && ways(q, at).length > 0) ?? null;
  const reason = (): string => {
    const { viewer, episode, now } = q;
    if (!viewer.signedIn) return 'not-signed-in';
    if (!episode.published) return 'not-found';
    if (episode.takenDown) return 'taken-down';
    if (!moments.some((at) => someModel(q, at))) return 'not-in-territory';
    if (!moments.some((at) => at >= now && someModel(q, at))) return 'window-ended';
    if (ageRatings.indexOf(episode.ageRating) > ageRatings.indexOf(viewer.ageCeiling))
      return 'age-restricted';
    if (!someModel(q, now) || (episode.airsAt !== null && now < episode.airsAt)) return 'not-yet';
    return open(q, 'ads', now) || open(q, 'subscription', now) ? 'plan-required' : 'purchase-required';
  };
  return { reason: reason(), retryAt };
}

/** What somebody who bought everything could watch under, on each plan or on any, at the first moment before `limit` at which they could. */
export function offer(q: Question, plans: readonly string[], limit: number | null) {
  const everything = (at: number, plan: string | null) =>
    businessModels.filter((model) =>
      q.rights.licences.some((row) => licensed(q, row, model, at) && released(row, q.episode, plan, at)),
    );
  for (const at of moments) {
    if (at < q.now || (limit !== null && at >= limit)) continue;
    const anybody = everything(at, null);
    if (anybody.length > 0) return { at, models: anybody, plans: null };
    const early = plans.filter((plan) => everything(at, plan).length > 0);
    const models = businessModels.filter((model) =>
      early.some((plan) => everything(at, plan).includes(model)),
    );
    if (early.length > 0) return { at, models, plans: early };
  }
  return null;
}
