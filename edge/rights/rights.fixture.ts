import { basePlan, type PlanTerms } from '../../schema/plans.ts';
import type { HoldbackTerms, LicenceTerms, PurchaseTerms, Subject, Viewer } from './terms.ts';

// The plainest case of everything, to say in a test only what it is about.

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 3, 1);
export const someone: Viewer = {
  country: 'JP',
  signedIn: true,
  ageCeiling: '18',
  subscriptions: [],
  purchases: [],
};
export const aired: Subject = {
  id: 'ep_a',
  season: 1,
  number: 1,
  published: true,
  airsAt: null,
  ageRating: 'all',
  takenDown: false,
};
export const licence = (terms: Partial<LicenceTerms> = {}): LicenceTerms => ({
  id: 'lic_a',
  season: null,
  episodeFrom: null,
  episodeTo: null,
  territoryMode: 'include',
  countries: ['JP'],
  startsAt: NOW - DAY,
  endsAt: NOW + DAY,
  models: ['free'],
  maxHeight: null,
  audioLanguages: null,
  subtitleLanguages: null,
  earlyAccess: [],
  downloads: false,
  endedAt: null,
  ...terms,
});
export const holdback = (terms: Partial<HoldbackTerms> = {}): HoldbackTerms => ({
  id: 'hbk_a',
  season: null,
  episodeFrom: null,
  episodeTo: null,
  territoryMode: 'exclude',
  countries: [],
  startsAt: null,
  endsAt: null,
  models: ['free', 'ads', 'subscription', 'rental', 'purchase'],
  ...terms,
});
export const bought = (terms: Partial<PurchaseTerms> = {}): PurchaseTerms => ({
  id: 'pur_a',
  kind: 'rental',
  season: null,
  episodeId: null,
  boughtAt: NOW - 10,
  beginBy: null,
  playsForMs: null,
  begunAt: null,
  revokedAt: null,
  ...terms,
});
export const on = (plan: Partial<PlanTerms>, since = 0, until: number | null = null) => ({
  plan: { ...basePlan, id: 'standard', ...plan },
  since,
  until,
});
