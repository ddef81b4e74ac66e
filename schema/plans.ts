/** What a plan lets a viewer do, as `decide` reads it. */
export type PlanTerms = {
  /** Null: no subscription. */
  id: string | null;
  streams: number;
  /** Pixels; null: any. */
  maxHeight: number | null;
  ads: boolean;
  downloads: boolean;
};

/** What everybody with an account has. */
export const basePlan: PlanTerms = { id: null, streams: 1, maxHeight: null, ads: true, downloads: false };

/** How a licence lets an episode be paid for. `free`: not at all; `ads`: by advertising. */
export const businessModels = ['free', 'ads', 'subscription', 'rental', 'purchase'] as const;
export type BusinessModel = (typeof businessModels)[number];

/** Subscribers of a plan may watch so much earlier than the episode airs, ms. */
export type EarlyAccess = { plan: string; ms: number };
